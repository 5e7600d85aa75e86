import { useMutation } from "@tanstack/react-query";
import { post } from "../../api/request.ts";
import type { CutWork } from "../../api/types.ts";
import { longDate } from "../../parts/format.ts";
import { Blank } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { Table } from "../../parts/table.tsx";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { usePlace } from "./affected.tsx";

/** What a family says of the place that was proposed. */
const ANSWERS = ["yes", "no"] as const;

interface Props {
  readonly work: CutWork;
  readonly zone: string;
  readonly changed: () => Promise<unknown>;
}

/** Who still stands on a place that was closed, soonest first, with what was proposed and answered. */
export function CutWorkList({ work, zone, changed }: Props) {
  const t = useTexts(cutTexts);
  const { columns } = t;
  const language = useLanguage();
  const notify = useNotify();
  const place = usePlace(zone);
  const answer = useMutation({
    mutationFn: (said: { bookingId: string; answer: (typeof ANSWERS)[number] }) => post(api.proposals, said),
    onSuccess: () => notify.done(t.answered),
    onError: notify.refused,
    onSettled: changed,
  });
  const isEmpty = work.parties.length === 0 && work.households.length === 0;
  return (
    <section aria-labelledby="cut-work-title">
      <h2 id="cut-work-title">{t.work}</h2>
      {isEmpty ? <Blank title={t.workNone} help={t.workNoneHelp} /> : <p className="soft">{t.workLead}</p>}
      {work.households.map(({ localDate, count }) => (
        <p key={localDate}>{t.households(count, longDate(localDate, language))}</p>
      ))}
      {work.parties.length > 0 && (
        <Table
          heads={[columns.folio, columns.people, columns.hour, columns.to, columns.answer, columns.act]}
          rows={work.parties.map((party) => ({
            key: party.bookingId,
            cells: [
              t.folio(party.folioTail),
              party.people,
              place(party),
              party.proposed ? place(party.proposed) : "–",
              t.answers[party.answer ?? "call"],
              party.answer === "asked" && (
                <span className="cut-acts">
                  {ANSWERS.map((said) => (
                    <button
                      key={said}
                      type="button"
                      className={said === "yes" ? "button small" : "button small quiet"}
                      aria-label={t.saidFor(t.said[said], party.folioTail)}
                      aria-disabled={answer.isPending}
                      onClick={() => answer.isPending || answer.mutate({ bookingId: party.bookingId, answer: said })}
                    >
                      {t.said[said]}
                    </button>
                  ))}
                </span>
              ),
            ],
          }))}
        />
      )}
    </section>
  );
}
