import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { post } from "../api/request.ts";
import { useNotify } from "./notices.tsx";

interface Asked {
  /** Address of the preview, and of the save. */
  readonly preview: string;
  readonly save: string;
  /** What is shown once it is saved. */
  readonly done: string;
  readonly saved: () => Promise<unknown>;
}

/** What would be lost is looked at first and then saved with a key of its own: the same save asked twice is done once. */
export function usePreview<Preview>({ preview, save, done, saved }: Asked) {
  const notify = useNotify();
  const [shown, setShown] = useState<{ readonly preview: Preview; readonly key: string }>();
  /** For the title of what is shown: whoever asked hears that it is there. */
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), [shown]);
  const look = useMutation({
    mutationFn: (asked: object) => post<Preview>(preview, asked),
    onSuccess: (found) => setShown({ preview: found, key: crypto.randomUUID() }),
    onError: notify.refused,
  });
  const keep = useMutation({
    mutationFn: ({ asked, key }: { asked: object; key: string }) => post(save, asked, key),
    onSuccess: async () => {
      notify.done(done);
      setShown(undefined);
      await saved();
    },
    onError: notify.refused,
  });
  return {
    shown: shown?.preview,
    title,
    isLooking: look.isPending,
    isSaving: keep.isPending,
    look: (asked: object) => look.mutate(asked),
    save: (asked: object) => shown && keep.mutate({ asked, key: shown.key }),
    /** What was typed since is other than what was seen. */
    forget: () => setShown(undefined),
  };
}
