import { useState } from "react";
import type { FilePerson } from "../../api/types.ts";
import { copyText } from "../../parts/copy-text.ts";
import { useNotify } from "../../parts/notices.tsx";
import { copySteps, type CopyField, type CopyStep } from "../../rules/copy-order.ts";
import { birthPlace } from "../../texts/birth-places.ts";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";

export interface Copying {
  readonly steps: readonly CopyStep[];
  /** What the next press copies. */
  readonly next: CopyStep | undefined;
  /** What was copied last; said aloud. */
  readonly last: CopyStep | undefined;
  readonly copyNext: () => void;
  readonly copy: (step: CopyStep) => void;
  readonly restart: () => void;
  readonly markOf: (ordinal: number, field: CopyField) => "copied" | "last" | "next" | undefined;
}

/** Walks through the fields of a family, one press each; a click on a field jumps there. */
export function useCopying(people: readonly FilePerson[]): Copying {
  const t = useTexts(partyTexts);
  const notify = useNotify();
  const steps = copySteps(people, birthPlace);
  const [done, setDone] = useState(0);
  const next = steps[done % steps.length];
  const last = done === 0 ? undefined : steps[done - 1];

  const copy = (step: CopyStep) => {
    void copyText(step.text).then((copied) => {
      if (copied) setDone(steps.indexOf(step) + 1);
      else notify.say(t.copyFailed);
    });
  };
  return {
    steps,
    next,
    last,
    copy,
    copyNext: () => next && copy(next),
    restart: () => setDone(0),
    markOf(ordinal, field) {
      const index = steps.findIndex((step) => step.ordinal === ordinal && step.field === field);
      if (index < 0) return undefined;
      if (index === done - 1) return "last";
      if (index < done) return "copied";
      return index === done ? "next" : undefined;
    },
  };
}
