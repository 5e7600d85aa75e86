import { useState } from "react";
import type { CaseCard } from "../../api/integrity.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { integrityTexts } from "../../texts/integrity.ts";
import { useTexts } from "../../texts/texts.ts";
import { integrityApi } from "../../urls.ts";
import { useNames, useWhen } from "../draws/when.ts";
import { useDecision } from "./use-decision.ts";

interface Props {
  readonly cases: readonly CaseCard[];
  readonly mayDecide: boolean;
}
type Verdict = "unreachable" | "refuted";

/** Bookings whose holders were asked: each try, what is missing before it can end, and what came of it. */
export function AskedCases({ cases, mayDecide }: Props) {
  const t = useTexts(integrityTexts);
  if (cases.length === 0) return null;
  return (
    <section aria-labelledby="asked-title">
      <h2 id="asked-title">
        {t.asked} <span className="soft">({cases.length})</span>
      </h2>
      <ul className="case-list">
        {cases.map((one) => (
          <AskedCase key={one.id} one={one} mayDecide={mayDecide} />
        ))}
      </ul>
    </section>
  );
}

function AskedCase({ one, mayDecide }: { one: CaseCard; mayDecide: boolean }) {
  const t = useTexts(integrityTexts);
  const { moment } = useWhen();
  const { office } = useNames();
  const decide = useDecision();
  const [signing, setSigning] = useState<Verdict>();
  const { id, version, missing } = one;
  const lack = [
    missing.attempts > 0 && t.lack.attempts(missing.attempts),
    missing.channels > 0 && t.lack.channels,
    missing.voice > 0 && t.lack.voice,
    missing.hours > 0 && t.lack.hours(missing.hours),
  ]
    .filter(Boolean)
    .join(", ");
  const note = (reached: boolean) =>
    decide.mutate({
      address: integrityApi.cases("attempts"),
      body: { id, version, channel: "voice", reached },
      done: t.tryNoted,
    });
  const settle = (verdict: Verdict | "validated") => {
    setSigning(undefined);
    decide.mutate({ address: integrityApi.cases("settle"), body: { id, version, verdict }, done: t.signed });
  };
  return (
    <li className="case">
      <p className="case-facts">
        <strong>{office(one.officeId)}</strong>
        <span>{t.when(moment(one.startsAt))}</span>
        <span className="soft">{t.tries(one.attempts.length)}</span>
      </p>
      {one.endsAt !== null && <p>{t.signedAhead(moment(one.endsAt))}</p>}
      {lack !== "" && <p className="soft">{t.lacks(lack)}</p>}
      {mayDecide && (
        <div className="step-buttons">
          <button type="button" className="button" disabled={decide.isPending} onClick={() => note(false)}>
            {t.called}
          </button>
          <button type="button" className="button" disabled={decide.isPending} onClick={() => note(true)}>
            {t.reached}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={decide.isPending}
            onClick={() => settle("validated")}
          >
            {t.validated}
          </button>
          {lack === "" &&
            (one.endsAt === null ? (["refuted", "unreachable"] as const) : (["refuted"] as const)).map((verdict) => (
              <button key={verdict} type="button" className="button" onClick={() => setSigning(verdict)}>
                {t[verdict]}
              </button>
            ))}
        </div>
      )}
      {signing && (
        <ConfirmDialog
          title={t.sign}
          question={`${t[signing]}. ${t.sure} ${t.sureHelp}`}
          cancel={t.back}
          isBusy={decide.isPending}
          confirm={() => settle(signing)}
          close={() => setSigning(undefined)}
        />
      )}
    </li>
  );
}
