import { useMutation } from "@tanstack/react-query";
import { post } from "../../api/request.ts";
import type { DoorAnswer, DoorNow } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { guardTexts } from "../../texts/guard.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** Who stands before a full hall, by number, in the order in which they came. */
export function Outside({ door, told }: { door: DoorNow; told: (answer: DoorAnswer) => void }) {
  const t = useTexts(guardTexts);
  const notify = useNotify();
  const next = useMutation({
    mutationFn: (here: boolean) => post<DoorAnswer>(api.doorNext, { here }),
    gcTime: 0,
    onSuccess: told,
    onError: notify.refused,
  });
  if (door.queue.length === 0) return null;
  return (
    <section className="outside">
      <h2>{t.outside}</h2>
      <ol className="plain-list">
        {door.queue.map(({ number, people }) => (
          <li key={number}>{t.waiting(number, people)}</li>
        ))}
      </ol>
      <div className="step-buttons">
        <button
          type="button"
          className="button primary large"
          disabled={next.isPending}
          onClick={() => next.mutate(true)}
        >
          {t.next}
        </button>
        <button type="button" className="button large" disabled={next.isPending} onClick={() => next.mutate(false)}>
          {t.gone}
        </button>
      </div>
    </section>
  );
}
