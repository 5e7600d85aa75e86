import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNow } from "../../api/clock.ts";
import { cashPartyQuery, documentsQuery, useReadDesk } from "../../api/issuing-queries.ts";
import { post } from "../../api/request.ts";
import type { CashParty, Party } from "../../api/types.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { choiceFor, money, toPay, totalFor, type CashChoices } from "../../rules/cash.ts";
import { fullName } from "../../rules/filter.ts";
import { secondsUntil } from "../../rules/timers.ts";
import { cashTexts } from "../../texts/cash.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { DocumentDue } from "./document-due.tsx";
import { Lines } from "./lines.tsx";

type Means = CashParty["means"][number];
type Reason = keyof (typeof issuingTexts)["es"]["reasons"];
type How =
  | { readonly kind: "paid"; readonly means: Means; readonly receipt: string }
  | { readonly kind: "exempt"; readonly reason: Reason };

/** What one family owes: person by person, with one key for all. */
export function CashPanel({ party }: { party: Party }) {
  const { data, error, refetch } = useQuery(cashPartyQuery(party.bookingId));
  const t = useTexts(cashTexts);
  const client = useQueryClient();
  useEffect(() => {
    // The first look makes the documents: the list beside says now what is owed.
    if (data) void client.invalidateQueries({ queryKey: documentsQuery.queryKey });
  }, [client, data]);
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.documents.length === 0) return <Blank title={t.noDocuments} />;
  return <Settling party={party} cash={data} />;
}

function Settling({ party, cash }: { party: Party; cash: CashParty }) {
  const t = useTexts(cashTexts);
  const words = useTexts(issuingTexts);
  const notify = useNotify();
  const readDesk = useReadDesk();
  const [choices, setChoices] = useState<CashChoices>({});
  const [chosen, setMeans] = useState<Means>();
  const [receipt, setReceipt] = useState("");
  const [reason, setReason] = useState<Reason | "">("");
  const now = useNow(1_000);
  const due = toPay(cash.documents, choices);
  const total = totalFor(due, choices);
  const means = chosen ?? cash.means[0]!;
  const nameOf = (ordinal: number | null) => {
    const person = party.people.find((one) => one.ordinal === ordinal);
    return person ? fullName(person) : words.person(ordinal ?? 1);
  };

  const settle = useMutation({
    mutationFn: (how: How) =>
      post<CashParty>(api.settle, {
        bookingId: party.bookingId,
        items: due.map((one) => ({ id: one.id, version: one.version, choice: choiceFor(one, choices) })),
        totalCents: total,
        how,
      }),
    onSuccess: (_, how) => {
      setReceipt("");
      setReason("");
      notify.done(how.kind === "paid" ? t.paid(money(total)) : t.exempted);
    },
    onError: notify.refused,
    onSettled: () => void readDesk(),
  });
  const undo = useMutation({
    mutationFn: (documents: readonly { id: string; version: number }[]) => post(api.undoDocuments, { documents }),
    onSuccess: () => notify.done(words.undone),
    onError: notify.refused,
    onSettled: () => void readDesk(),
  });
  const pay = () => {
    if (due.length === 0 || settle.isPending) return;
    if (receipt === "") return notify.say(t.receiptFirst);
    settle.mutate({ kind: "paid", means, receipt });
  };
  const exempt = () => {
    if (due.length === 0 || settle.isPending) return;
    if (reason === "") return notify.say(t.reasonFirst);
    settle.mutate({ kind: "exempt", reason });
  };
  const slips = cash.documents.filter((one) => secondsUntil(one.undoUntil, now) > 0);
  const takeBack = () => {
    if (slips.length > 0 && !undo.isPending) undo.mutate(slips.map(({ id, version }) => ({ id, version })));
  };
  useShortcuts({ pay, exempt, undo: takeBack });

  return (
    <>
      <h2>{nameOf(1)}</h2>
      <div className="due-list">
        {cash.documents.map((document) => (
          <DocumentDue
            key={document.id}
            document={document}
            whose={nameOf(document.ordinal)}
            choice={choiceFor(document, choices)}
            choose={(choice) => setChoices({ ...choices, [document.id]: choice })}
          />
        ))}
      </div>
      {due.length > 0 && (
        <section className="till">
          <p className="till-total">
            {t.total} <strong>{money(total)}</strong>
          </p>
          <fieldset>
            <legend>{t.how}</legend>
            <div className="segments">
              {cash.means.map((one) => (
                <label key={one} className="segment">
                  <input type="radio" name="means" checked={one === means} onChange={() => setMeans(one)} />
                  <span>{words.means[one]}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <div className="till-row">
            <label>
              {t.receipt}
              <input
                value={receipt}
                maxLength={20}
                autoComplete="off"
                aria-describedby="receipt-help"
                onChange={(event) => setReceipt(event.target.value.toUpperCase().replace(/[^A-Z0-9-]/g, ""))}
                onKeyDown={(event) => event.key === "Enter" && pay()}
              />
            </label>
            <button type="button" className="button primary large" disabled={settle.isPending} onClick={pay}>
              {t.pay(money(total))} <kbd>B</kbd>
            </button>
          </div>
          <p className="soft" id="receipt-help">
            {t.receiptHelp}
          </p>
          <div className="till-row">
            <label>
              {t.reason}
              <select value={reason} onChange={(event) => setReason(event.target.value as Reason)}>
                <option value="">{t.chooseReason}</option>
                {(Object.keys(words.reasons) as Reason[]).map((one) => (
                  <option key={one} value={one}>
                    {words.reasons[one]}
                  </option>
                ))}
              </select>
            </label>
            <button type="button" className="button large" disabled={settle.isPending} onClick={exempt}>
              {t.exempt} <kbd>X</kbd>
            </button>
          </div>
        </section>
      )}
      {slips.length > 0 && (
        <button type="button" className="button" disabled={undo.isPending} onClick={takeBack}>
          {words.undo} <kbd>Z</kbd>
        </button>
      )}
      <Lines cash={cash} nameOf={nameOf} />
    </>
  );
}
