import { constants } from "node:os";

/** A process that a signal ended before its work was done ends with this and the signal's number, as shells have it. */
const ENDED_BY_SIGNAL = 128;

/**
 * Closes once on the first signal; a second one does not wait. To be told to end is how a server ends: with 0. Work that
 * has an end of its own says with `isDone` whether it was there: whoever waits for it must not take it for done.
 */
export function stopOnSignals(close: () => Promise<void>, isDone: () => boolean = () => true): void {
  let closing = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (closing) process.exit(1);
    closing = true;
    const code = isDone() ? 0 : ENDED_BY_SIGNAL + constants.signals[signal];
    close().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
