// Reads the hall's events, comes back by itself, and says where it stopped. EventSource would hide why a line ended and
// that a line is dead; both matter on a wall where nobody presses a key.

/** The server says something every 15 seconds; a line that is silent for longer is dead. */
const SILENT_MS = 20_000;
/** Screens of a hall do not all come back in the same instant. */
const RETRY_FROM_MS = 300;
const RETRY_MORE_MS = 1_200;
const RETRY_SLOW_MS = 5_000;

export interface Heard {
  board(id: string, data: string): void;
  /** The line is up, or down. */
  line(up: boolean): void;
  /** This screen is no longer enrolled. */
  revoked(): void;
}

export function listen(url: string, lastId: () => string | undefined, heard: Heard): void {
  let soon: (() => void) | undefined;
  addEventListener("online", () => soon?.());
  void (async () => {
    for (let failures = 0; ; failures++) {
      const giveUp = new AbortController();
      let silent = setTimeout(() => giveUp.abort(), SILENT_MS);
      const offline = (): void => giveUp.abort();
      addEventListener("offline", offline);
      try {
        const last = lastId();
        const answer = await fetch(url, {
          headers: last === undefined ? {} : { "last-event-id": last },
          signal: giveUp.signal,
          cache: "no-store",
        });
        if (answer.status === 403) return heard.revoked();
        if (answer.ok && answer.body) {
          await read(answer.body, (id, event, data) => {
            clearTimeout(silent);
            silent = setTimeout(() => giveUp.abort(), SILENT_MS);
            if (event === undefined) return;
            failures = 0;
            heard.line(true);
            if (event === "board") heard.board(id, data);
            if (event === "revoked") throw new Revoked();
          });
        }
      } catch (fault) {
        if (fault instanceof Revoked) return heard.revoked();
      }
      clearTimeout(silent);
      removeEventListener("offline", offline);
      heard.line(false);
      const pause = failures > 5 ? RETRY_SLOW_MS : RETRY_FROM_MS + Math.random() * RETRY_MORE_MS;
      await new Promise<void>((resolve) => {
        soon = resolve;
        setTimeout(resolve, pause);
      });
    }
  })();
}

class Revoked extends Error {}

/** Calls `event` for each event, and with none for each sign of life. */
async function read(
  body: ReadableStream<Uint8Array>,
  event: (id: string, event: string | undefined, data: string) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = new Map(
        text
          .slice(0, end)
          .split("\n")
          .map((line) => [line.split(":", 1)[0], line.replace(/^[^:]*: ?/, "")]),
      );
      text = text.slice(end + 2);
      event(fields.get("id") ?? "", fields.get("event"), fields.get("data") ?? "");
    }
  }
}
