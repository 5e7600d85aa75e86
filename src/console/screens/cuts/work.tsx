import { useMutation } from "@tanstack/react-query";
import { post } from "../../api/request.ts";
import type { CutWork } from "../../api/types.ts";
import { longDate } from "../../parts/format.ts";
import { Blank } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { usePlace } from "./affected.tsx";

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
    mutationFn: (said: { bookingId: string; answer: "yes" | "no" }) => post(api.proposals, said),
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
        <table className="cut-table">
          <thead>
            <tr>
              <th scope="col">{columns.folio}</th>
              <th scope="col">{columns.people}</th>
              <th scope="col">{columns.hour}</th>
              <th scope="col">{columns.to}</th>
              <th scope="col">{columns.answer}</th>
              <th scope="col">{columns.act}</th>
            </tr>
          </thead>
          <tbody>
            {work.parties.map((party) => (
              <tr key={party.bookingId}>
                <th scope="row">{t.folio(party.folioTail)}</th>
                <td data-head={columns.people}>{party.people}</td>
                <td data-head={columns.hour}>{place(party)}</td>
                <td data-head={columns.to}>{party.proposed ? place(party.proposed) : "–"}</td>
                <td data-head={columns.answer}>{t.answers[party.answer ?? "call"]}</td>
                <td>
                  {party.answer === "asked" && (
                    <span className="cut-acts">
                      <button
                        type="button"
                        className="button small"
                        aria-label={t.yesFor(party.folioTail)}
                        aria-disabled={answer.isPending}
                        onClick={() => answer.isPending || answer.mutate({ bookingId: party.bookingId, answer: "yes" })}
                      >
                        {t.yes}
                      </button>
                      <button
                        type="button"
                        className="button small quiet"
                        aria-label={t.noFor(party.folioTail)}
                        aria-disabled={answer.isPending}
                        onClick={() => answer.isPending || answer.mutate({ bookingId: party.bookingId, answer: "no" })}
                      >
                        {t.no}
                      </button>
                    </span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
