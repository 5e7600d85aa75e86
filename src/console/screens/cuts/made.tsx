import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { post } from "../../api/request.ts";
import type { CutWork } from "../../api/types.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { clockTime, longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { cutTexts } from "../../texts/cuts.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type Cut = CutWork["cuts"][number];

interface Props {
  readonly cuts: readonly Cut[];
  readonly zone: string;
  readonly changed: () => Promise<unknown>;
}

/** What was closed of late, each to be opened again. */
export function MadeCuts({ cuts, zone, changed }: Props) {
  const t = useTexts(cutTexts);
  const { groups } = useTexts(shellTexts);
  const language = useLanguage();
  const notify = useNotify();
  const [asked, setAsked] = useState<Cut>();
  const undo = useMutation({
    mutationFn: (cut: Cut) => post(api.undoCut(cut.id)),
    onSuccess: () => notify.done(t.undoDone),
    onError: notify.refused,
    onSettled: async () => {
      setAsked(undefined);
      await changed();
    },
  });
  const day = (cut: Cut) => longDate(cut.localDate, language);
  const what = ({ serviceGroup, counters, hours, places }: Cut) =>
    [
      serviceGroup === null ? t.wholeDay : groups[serviceGroup as keyof typeof groups],
      counters && t.counters(counters.from, counters.to),
      hours && t.hours(clockTime(hours.from, zone), clockTime(hours.until, zone)),
      t.places(places),
    ]
      .filter((one) => one !== null)
      .join(" · ");
  return (
    <section aria-labelledby="cuts-made-title">
      <h2 id="cuts-made-title">{t.made}</h2>
      {cuts.length === 0 && <p className="soft">{t.madeNone}</p>}
      <ul className="cut-list">
        {cuts.map((cut) => (
          <li key={cut.id} data-undone={cut.undoneAt !== null || undefined}>
            <div>
              <strong>{day(cut)}</strong>
              <span>{what(cut)}</span>
              <span className="soft">{t.reasons[cut.reason]}</span>
            </div>
            {cut.undoneAt === null ? (
              <button
                type="button"
                className="button small"
                aria-label={t.undoFor(day(cut))}
                onClick={() => setAsked(cut)}
              >
                {t.undo}
              </button>
            ) : (
              <span className="tag">{t.undone}</span>
            )}
          </li>
        ))}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t.undo}
          question={t.undoSure(day(asked))}
          cancel={t.cancel}
          isBusy={undo.isPending}
          confirm={() => undo.mutate(asked)}
          close={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}
