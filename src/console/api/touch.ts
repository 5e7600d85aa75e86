import { createStore } from "./store.ts";

/** Somebody's request that waits until she touched her passkey once more. */
interface Waiting {
  /** With true it is sent again; with false it is refused, and nothing happened. */
  readonly settle: (touched: boolean) => void;
}

const waiting = createStore<Waiting | undefined>(undefined);

export const useTouchAsked = waiting.use;

/** Whoever leaves the console meanwhile confirms nothing. */
export function giveUpTouch(): void {
  waiting.get()?.settle(false);
}

/** Asks for the passkey on top of whatever is on the screen. Several requests at once wait for one touch. */
export function askForTouch(): Promise<boolean> {
  const before = waiting.get();
  return new Promise((resolve) => {
    waiting.set({
      settle: (touched) => {
        waiting.set(undefined);
        before?.settle(touched);
        resolve(touched);
      },
    });
  });
}
