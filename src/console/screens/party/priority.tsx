import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useKeepVisit } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Visit, VisitAnswer } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

const DECLARED = ["disability", "pregnancy", "far", "emergency"] as const;
type Declared = (typeof DECLARED)[number];

/** Lets a party that waits go before others of its line. Who did it is kept; some need a second person's signature; a mistake is taken back while the party waits. */
export function Priority({ visit }: { visit: Visit }) {
  const t = useTexts(todayTexts);
  const notify = useNotify();
  const keep = useKeepVisit();
  const [asking, setAsking] = useState(false);
  const [marked, setMarked] = useState(false);
  const send = useMutation({
    mutationFn: (priority: Declared | "second" | "undo") =>
      priority === "second" || priority === "undo"
        ? post<VisitAnswer>(api.turnStep(visit.id, `priority/${priority}`), { version: visit.version })
        : post<VisitAnswer>(api.turnStep(visit.id, "priority"), { version: visit.version, priority }),
    onSuccess: (answer, priority) => {
      keep(answer.visit);
      setAsking(false);
      if (priority === "undo") {
        setMarked(false);
        return notify.done(t.did.priorityUndone);
      }
      const stands = answer.visit.priority !== null && (priority === "second" || answer.visit.priority === priority);
      setMarked(!stands);
      notify.done(stands ? t.did.priority : t.did.prioritySecond);
    },
    onError: notify.refused,
  });
  if (visit.state !== "waiting" && visit.state !== "called") return null;
  return (
    <>
      <button type="button" className="button quiet" onClick={() => setAsking(true)}>
        {t.priorityAsk}
      </button>
      {asking && (
        <Dialog title={t.priorityWhy} close={() => setAsking(false)}>
          <p className="soft">{t.priorityHelp}</p>
          <div className="choices">
            {DECLARED.map((one) => (
              <button
                key={one}
                type="button"
                className="button"
                disabled={send.isPending}
                onClick={() => send.mutate(one)}
              >
                {t.priorities[one]}
              </button>
            ))}
            {!marked && (
              <button type="button" className="button" disabled={send.isPending} onClick={() => send.mutate("second")}>
                {t.prioritySign}
              </button>
            )}
            {visit.state === "waiting" && (marked || DECLARED.some((one) => one === visit.priority)) && (
              <button type="button" className="button" disabled={send.isPending} onClick={() => send.mutate("undo")}>
                {t.priorityUndo}
              </button>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}
