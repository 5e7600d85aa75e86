/** Keys that wait for one party's answer; more are a cat on the keyboard. */
const MOST_WAITING = 3;

interface Waiting {
  readonly what: string;
  readonly run: () => void;
}

/**
 * One party, one command at a time. What is pressed while a command is under way waits for its answer,
 * because what may follow depends on it; after a refusal it is forgotten.
 */
export function createTurns() {
  const waiting = new Map<string, { readonly underWay: string; readonly next: Waiting[] }>();

  return {
    /** Runs it now, or after what is under way. The same thing pressed twice is pressed once. */
    press(party: string, what: string, run: () => void): void {
      const turn = waiting.get(party);
      if (!turn) return run();
      const before = turn.next.at(-1)?.what ?? turn.underWay;
      if (before !== what && turn.next.length < MOST_WAITING) turn.next.push({ what, run });
    },
    begin(party: string, what: string): void {
      waiting.set(party, { underWay: what, next: waiting.get(party)?.next ?? [] });
    },
    /** The answer came: whatever waited runs, until one of it is a command again. */
    end(party: string, accepted: boolean): void {
      const next = accepted ? (waiting.get(party)?.next ?? []) : [];
      waiting.delete(party);
      while (next.length > 0 && !waiting.has(party)) next.shift()!.run();
      const begun = waiting.get(party);
      if (begun) begun.next.unshift(...next);
    },
    isUnderWay: (party: string): boolean => waiting.has(party),
  };
}
