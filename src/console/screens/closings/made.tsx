import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { officesQuery } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { ClosingList } from "../../api/types.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { longDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { Table } from "../../parts/table.tsx";
import { closingTexts } from "../../texts/closings.ts";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

type Closing = ClosingList["closings"][number];

interface Props {
  readonly closings: readonly Closing[];
  readonly changed: () => Promise<unknown>;
}

/** Closings of these weeks, how far each has come at each office, each to be taken back. */
export function MadeClosings({ closings, changed }: Props) {
  const t = useTexts(closingTexts);
  const { reasons } = useTexts(cutTexts);
  const language = useLanguage();
  const notify = useNotify();
  const { data: offices } = useQuery(officesQuery);
  const [asked, setAsked] = useState<Closing>();
  const undo = useMutation({
    mutationFn: ({ id }: Closing) => post(api.undoClosing(id)),
    onSuccess: () => notify.done(t.undoDone),
    onError: notify.refused,
    onSettled: async () => {
      setAsked(undefined);
      await changed();
    },
  });
  const days = ({ from, to }: Closing) => t.days(longDate(from, language), longDate(to, language));
  return (
    <section aria-labelledby="closings-made-title">
      <h2 id="closings-made-title">{t.made}</h2>
      {closings.length === 0 && <p className="soft">{t.madeNone}</p>}
      <ul className="cut-list">
        {closings.map((closing) => {
          const left = closing.offices.filter((one) => one.state === (closing.undoneAt === null ? "due" : "closed"));
          const done = closing.offices.length - left.length;
          return (
            <li key={closing.id} className="closing" data-undone={closing.undoneAt !== null || undefined}>
              <div>
                <strong>{days(closing)}</strong>
                <span className="soft">{reasons[closing.reason]}</span>
              </div>
              {closing.undoneAt === null ? (
                <button
                  type="button"
                  className="button small"
                  aria-label={t.undoFor(days(closing))}
                  onClick={() => setAsked(closing)}
                >
                  {t.undo}
                </button>
              ) : (
                <span className="tag">{t.undone}</span>
              )}
              {left.length > 0 && (
                <label className="closing-progress">
                  {t.progress(done, closing.offices.length)}
                  <progress value={done} max={closing.offices.length} />
                </label>
              )}
              <Table
                heads={[t.columns.office, t.state, t.settled, t.asked, t.waiting]}
                rows={closing.offices.map(({ officeId, state, settled, asked: open, waiting }) => ({
                  key: officeId,
                  cells: [
                    offices?.find((one) => one.id === officeId)?.name[language] ?? officeId,
                    t.states[state],
                    settled,
                    open,
                    waiting,
                  ],
                }))}
              />
            </li>
          );
        })}
      </ul>
      {asked && (
        <ConfirmDialog
          title={t.undo}
          question={t.undoSure}
          cancel={t.cancel}
          isBusy={undo.isPending}
          confirm={() => undo.mutate(asked)}
          close={() => setAsked(undefined)}
        />
      )}
    </section>
  );
}
