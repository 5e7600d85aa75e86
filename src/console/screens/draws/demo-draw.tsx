import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { demoDrawQuery, drawsQuery } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";
import { drawTexts } from "../../texts/draws.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** What the development server tells of the play; its shape is in src/dev/demo-draw/steps.ts. */
interface Played {
  readonly playing: boolean;
  readonly failed: boolean;
  readonly refusal: "no_draw" | "drand_cannot_be_hurried" | "plays_already" | null;
  readonly steps: readonly Step[];
}
type Step =
  | { readonly code: "filed"; readonly households: number }
  | { readonly code: "closed" }
  | { readonly code: "locked"; readonly entries: number; readonly witnesses: number }
  | { readonly code: "drawn" | "second"; readonly served: number; readonly waiting: number }
  | { readonly code: "answered"; readonly booked: number; readonly yes: number; readonly no: number }
  | { readonly code: "silent"; readonly booked: number }
  | { readonly code: "checked"; readonly faults: number }
  | { readonly code: "done"; readonly draw: string };

const LOOK_MS = 1_000;

/** The button that runs a whole draw in a minute. Outside of development its address does not exist, and nothing is shown. */
export function DemoDraw({ show }: { show: (id: string) => void }) {
  const t = useTexts(drawTexts);
  const notify = useNotify();
  const client = useQueryClient();
  const { data } = useQuery({
    ...demoDrawQuery,
    refetchInterval: ({ state }) => ((state.data as Played | undefined)?.playing ? LOOK_MS : false),
  });
  const played = data as Played | undefined;
  const run = useMutation({
    mutationFn: () => post<Played>(api.devDraw),
    onSuccess: (answer) => client.setQueryData(demoDrawQuery.queryKey, answer),
    onError: notify.refused,
  });
  const steps = played?.steps.length ?? 0;
  const seen = useRef(steps);
  const done = played?.steps.find((step) => step.code === "done");
  useEffect(() => {
    if (seen.current === steps) return;
    seen.current = steps;
    void client.invalidateQueries({ queryKey: drawsQuery.queryKey });
  }, [client, steps]);
  if (!played) return null;
  return (
    <section className="demo-draw" aria-labelledby="demo-title">
      <h2 id="demo-title">{t.demo}</h2>
      <p className="soft">{t.demoLead}</p>
      <button
        type="button"
        className="button primary"
        disabled={played.playing || run.isPending}
        onClick={() => run.mutate()}
      >
        {played.playing ? t.demoRunning : t.demoRun}
      </button>
      <ol className="demo-steps" aria-live="polite">
        {played.steps.map((step) => (
          <li key={step.code}>{sentenceOf(t.play, step)}</li>
        ))}
      </ol>
      {played.refusal && <p role="alert">{t.demoRefused[played.refusal]}</p>}
      {played.failed && <p role="alert">{t.demoFailed}</p>}
      {done?.code === "done" && (
        <p>
          <button type="button" className="button small" onClick={() => show(done.draw)}>
            {t.demoSee}
          </button>
        </p>
      )}
    </section>
  );
}

function sentenceOf(t: (typeof drawTexts)["es"]["play"], step: Step): string {
  switch (step.code) {
    case "filed":
      return t.filed(step.households);
    case "locked":
      return t.locked(step.entries, step.witnesses);
    case "drawn":
    case "second":
      return t[step.code](step.served, step.waiting);
    case "answered":
      return t.answered(step.booked, step.yes, step.no);
    case "silent":
      return t.silent(step.booked);
    case "checked":
      return t.checked(step.faults);
    case "closed":
    case "done":
      return t[step.code];
  }
}
