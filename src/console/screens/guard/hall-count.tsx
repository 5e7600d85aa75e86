import { useMutation, useQueryClient } from "@tanstack/react-query";
import { doorQuery } from "../../api/guard.ts";
import { post } from "../../api/request.ts";
import type { DoorNow } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { guardTexts } from "../../texts/guard.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** How full the hall is, with two keys for whoever comes along without an appointment. */
export function HallCount({ door }: { door: DoorNow }) {
  const t = useTexts(guardTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const count = useMutation({
    mutationFn: (by: 1 | -1) => post(api.doorOthers, { by }),
    onSuccess: () => client.invalidateQueries({ queryKey: doorQuery.queryKey }),
    onError: notify.refused,
  });
  const isFull = door.limit !== null && door.inside >= door.limit;
  return (
    <section className={`hall-count ${isFull ? "full" : ""}`}>
      <p>
        <strong>{t.inside(door.inside, door.limit)}</strong>
        {isFull && <span> · {t.full}</span>}
      </p>
      <p className="companions">
        <button
          type="button"
          className="button square"
          aria-label={t.fewer}
          disabled={door.others === 0}
          onClick={() => count.mutate(-1)}
        >
          −
        </button>
        <span>{t.others(door.others)}</span>
        <button type="button" className="button square" aria-label={t.more} onClick={() => count.mutate(1)}>
          +
        </button>
      </p>
    </section>
  );
}
