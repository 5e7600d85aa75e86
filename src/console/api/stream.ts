import { api } from "../urls.ts";
import type { LineState } from "./live.ts";
import { messageReader } from "./sse.ts";
import type { ConsoleEvent, OfficeEvent } from "./types.ts";

/** The server sends a heartbeat every 15 seconds; after three missed ones the line is dead, whatever the browser believes. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;

interface Listener {
  happened(event: OfficeEvent): void;
  revoked(): void;
  line(state: LineState): void;
}

/**
 * Listens to the office's events until it is closed. Read with fetch, because EventSource hides
 * heartbeats and gives up for good after one refusal. The first event of each connection is
 * `changed`, so that after a gap the list is read again as a whole.
 */
export function openStream(listener: Listener): () => void {
  let lastEventId: string | undefined;
  let retryMs = FIRST_RETRY_MS;
  let lostAt: number | undefined;
  let stop = new AbortController();
  let closed = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  void listen();

  const tryNow = () => {
    if (lostAt === undefined || closed) return;
    clearTimeout(retry);
    void listen();
  };
  addEventListener("online", tryNow);
  return () => {
    closed = true;
    clearTimeout(retry);
    removeEventListener("online", tryNow);
    stop.abort();
  };

  async function listen(): Promise<void> {
    stop.abort();
    const mine = (stop = new AbortController());
    let silence: ReturnType<typeof setTimeout> | undefined;
    const alive = () => {
      clearTimeout(silence);
      silence = setTimeout(() => mine.abort(), SILENCE_MS);
    };
    try {
      alive();
      const headers: Record<string, string> = { accept: "text/event-stream" };
      if (lastEventId !== undefined) headers["last-event-id"] = lastEventId;
      const response = await fetch(api.events, { headers, cache: "no-store", signal: mine.signal });
      if (response.status === 401) return revoke();
      if (!response.ok || !response.body) throw new Error("no stream");
      lostAt = undefined;
      retryMs = FIRST_RETRY_MS;
      listener.line({ line: "live" });
      const take = messageReader((message) => {
        if (message === "heartbeat") return;
        lastEventId = message.id ?? lastEventId;
        const event = { event: message.event, data: JSON.parse(message.data) as unknown } as ConsoleEvent;
        if (event.event === "revoked") revoke();
        else listener.happened(event);
      });
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        alive();
        take(piece.value);
      }
    } catch {
      // Told below: whatever ended the line, it is tried again.
    } finally {
      clearTimeout(silence);
    }
    if (closed || mine !== stop) return;
    lostAt ??= Date.now();
    listener.line({ line: "lost", lostAt });
    retry = setTimeout(() => void listen(), retryMs);
    retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
  }

  function revoke(): void {
    closed = true;
    stop.abort();
    listener.revoked();
  }
}
