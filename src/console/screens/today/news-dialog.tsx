import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { post } from "../../api/request.ts";
import type { HeldAnswer } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { dayTexts } from "../../texts/day.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** Another hour for the next news of what stands still. */
export function NewsDialog({
  services,
  name,
  close,
}: {
  services: readonly string[];
  name: string;
  close: () => void;
}) {
  const t = useTexts(dayTexts);
  const notify = useNotify();
  const [newsAt, setNewsAt] = useState("");
  const save = useMutation({
    mutationFn: () => post<HeldAnswer>(api.suspensionNews, { services, newsAt }),
    onSuccess: ({ told }) => {
      notify.done(t.postponeDone(told));
      close();
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={name} close={close}>
      <form className="day-form" onSubmit={submit}>
        <label>
          {t.news}
          <input type="time" value={newsAt} required onChange={(event) => setNewsAt(event.target.value)} />
          <small className="soft">{t.newsHelp}</small>
        </label>
        <div className="step-buttons">
          <button type="submit" className="button primary" disabled={save.isPending}>
            {t.postponeSave}
          </button>
          <button type="button" className="button" onClick={close}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
