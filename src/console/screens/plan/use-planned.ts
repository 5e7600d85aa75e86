import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { PlanPreview, PlanSaved } from "../../api/plan-types.ts";
import { post } from "../../api/request.ts";

/** What somebody sees before it is saved. */
export interface Shown {
  readonly preview: PlanPreview;
  /** The same save asked twice, as after a lost answer, is done once. */
  readonly key: string;
  /** What was seen before somebody else changed the plan; nothing was saved then. */
  readonly before?: PlanPreview;
}

interface Asked {
  /** Address of the preview. */
  readonly preview: string;
  readonly save: (asked: object, key: string) => Promise<PlanSaved>;
  readonly saved: () => Promise<unknown>;
}

/** A form that is saved only as it was seen: first its preview, then the save, and again the preview if it is true no more. */
export function usePlanned({ preview, save, saved }: Asked) {
  const [shown, setShown] = useState<Shown>();
  const look = useMutation({
    mutationFn: (asked: object) => post<PlanPreview>(preview, asked),
    onMutate: () => setShown(undefined),
    onSuccess: (found) => setShown({ preview: found, key: crypto.randomUUID() }),
  });
  const keep = useMutation({
    mutationFn: ({ asked, seen }: { asked: object; seen: Shown }) =>
      save({ ...asked, seen: seen.preview.seen }, seen.key),
    onSuccess: async (answer, { seen }) => {
      if (answer.saved || !answer.preview) await saved();
      else setShown({ preview: answer.preview, key: crypto.randomUUID(), before: seen.preview });
    },
  });
  return {
    shown,
    isBusy: look.isPending || keep.isPending,
    problem: keep.error ?? look.error ?? undefined,
    look: (asked: object) => {
      keep.reset();
      look.mutate(asked);
    },
    keep: (asked: object) => shown && keep.mutate({ asked, seen: shown }),
    /** What was typed since is other than what was seen. */
    forget: () => {
      setShown(undefined);
      look.reset();
      keep.reset();
    },
  };
}
