import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useReadDesk } from "../../api/issuing-queries.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { CashParty } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { useServiceName } from "../../parts/services.tsx";
import { Table } from "../../parts/table.tsx";
import { money, standing } from "../../rules/cash.ts";
import { cashTexts } from "../../texts/cash.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type CashDocument = CashParty["documents"][number];
type Line = CashDocument["payments"][number];

interface Props {
  readonly cash: CashParty;
  readonly nameOf: (ordinal: number | null) => string;
}

/** What was written, line by line; whoever runs the office may add the line that corrects one. */
export function Lines({ cash, nameOf }: Props) {
  const t = useTexts(cashTexts);
  const words = useTexts(issuingTexts);
  const { may } = useSession();
  const serviceName = useServiceName();
  const [correcting, setCorrecting] = useState<{ readonly document: CashDocument; readonly line: Line }>();
  const lines = cash.documents.flatMap((document) => document.payments.map((line) => ({ document, line })));
  if (lines.length === 0) return null;
  const mayCorrect = may.includes("account_for_day");
  const kindOf = ({ kind, means, reason, corrects }: Line) =>
    corrects !== null
      ? t.takenBack
      : kind === "paid"
        ? words.means[means!]
        : words.reasons[reason as keyof typeof words.reasons];
  return (
    <section className="lines">
      <Table
        caption={t.lines}
        heads={[t.whose, t.how, t.receipt, t.amount, ...(mayCorrect ? [t.correct] : [])]}
        rows={lines.map(({ document, line }) => ({
          key: line.id,
          cells: [
            `${nameOf(document.ordinal)} · ${serviceName(document.service)}`,
            kindOf(line),
            line.receipt ?? "",
            money(line.cents),
            ...(mayCorrect
              ? [
                  standing(document.payments).includes(line) ? (
                    <button
                      key="correct"
                      type="button"
                      className="button small"
                      aria-label={`${t.correct}: ${nameOf(document.ordinal)}, ${serviceName(document.service)}`}
                      onClick={() => setCorrecting({ document, line })}
                    >
                      {t.correct}
                    </button>
                  ) : (
                    ""
                  ),
                ]
              : []),
          ],
        }))}
      />
      {correcting && <CorrectDialog {...correcting} cash={cash} close={() => setCorrecting(undefined)} />}
    </section>
  );
}

interface CorrectProps {
  readonly document: CashDocument;
  readonly line: Line;
  readonly cash: CashParty;
  readonly close: () => void;
}

function CorrectDialog({ document, line, cash, close }: CorrectProps) {
  const t = useTexts(cashTexts);
  const words = useTexts(issuingTexts);
  const notify = useNotify();
  const readDesk = useReadDesk();
  const [reason, setReason] = useState<keyof typeof words.corrections>("wrong_means");
  const [means, setMeans] = useState<string>("");
  const [receipt, setReceipt] = useState(line.receipt ?? "");
  // The same choice as before: a wrong amount is taken back, and paid again at the window.
  const offer = document.offers.find((one) => one.variant === document.variant && one.cents === line.cents);
  const correct = useMutation({
    mutationFn: () =>
      post(api.correct, {
        paymentId: line.id,
        reason,
        ...(means === "" || !offer
          ? {}
          : {
              instead: {
                choice: { variant: offer.variant, proofs: offer.proofs, copies: 0 },
                how: { kind: "paid", means, receipt },
              },
            }),
      }),
    onSuccess: () => {
      notify.done(t.corrected);
      close();
    },
    onError: notify.refused,
    onSettled: () => void readDesk(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    correct.mutate();
  };
  return (
    <Dialog title={t.correctTitle} close={close}>
      <form className="stack" onSubmit={submit}>
        <p>{t.correctLead}</p>
        <label>
          {t.why}
          <select value={reason} onChange={(event) => setReason(event.target.value as typeof reason)}>
            {(Object.keys(words.corrections) as (typeof reason)[]).map((one) => (
              <option key={one} value={one}>
                {words.corrections[one]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.instead}
          <select value={means} onChange={(event) => setMeans(event.target.value)}>
            <option value="">{t.nothingInstead}</option>
            {offer &&
              cash.means.map((one) => (
                <option key={one} value={one}>
                  {words.means[one]} · {money(line.cents)}
                </option>
              ))}
          </select>
        </label>
        {means !== "" && (
          <label>
            {t.receipt}
            <input
              value={receipt}
              required
              maxLength={20}
              pattern="[A-Z0-9\-]+"
              title={t.receiptHelp}
              autoComplete="off"
              onChange={(event) => setReceipt(event.target.value.toUpperCase())}
            />
          </label>
        )}
        <button type="submit" className="button primary" disabled={correct.isPending}>
          {t.saveCorrection}
        </button>
      </form>
    </Dialog>
  );
}
