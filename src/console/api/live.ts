import { useEffect } from "react";
import { joinElection } from "./election.ts";
import { createStore } from "./store.ts";
import { openStream } from "./stream.ts";
import type { OfficeEvent } from "./types.ts";

/** Whether the screen is as fresh as the office: `lost` since that moment of this machine's clock. */
export interface LineState {
  readonly line: "connecting" | "live" | "lost";
  readonly lostAt?: number;
}

/** What the leading tab tells the others. */
type News =
  | { readonly tells: "happened"; readonly event: OfficeEvent }
  | { readonly tells: "revoked" }
  | { readonly tells: "line"; readonly state: LineState }
  | { readonly tells: "line?" };

const line = createStore<LineState>({ line: "connecting" });

export const useLine = line.use;

/** Whether what happens at the office comes by itself. */
export function isLive(): boolean {
  return line.get().line === "live";
}

interface Listener {
  readonly happened: (event: OfficeEvent) => void;
  readonly revoked: () => void;
}

/** Keeps one stream for all tabs of this browser while the component that calls it is shown. */
export function useLiveUpdates({ happened, revoked }: Listener): void {
  useEffect(() => joinLive({ happened, revoked }), [happened, revoked]);
}

function joinLive({ happened, revoked }: Listener): () => void {
  if (typeof BroadcastChannel === "undefined") return openStream({ happened, revoked, line: line.set });
  const election = new BroadcastChannel("ventanilla.lead");
  const news = new BroadcastChannel("ventanilla.news");
  let close: (() => void) | undefined;
  const tell = (message: News) => news.postMessage(message);

  news.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.tells === "happened") happened(data.event);
    else if (data.tells === "revoked") revoked();
    else if (data.tells === "line") line.set(data.state);
    else if (close) tell({ tells: "line", state: line.get() });
  };
  const seat = joinElection(election as never, crypto.getRandomValues(new Uint32Array(1))[0]!, (leader) => {
    close?.();
    close = undefined;
    if (!leader) return;
    close = openStream({
      happened: (event) => (tell({ tells: "happened", event }), happened(event)),
      revoked: () => (tell({ tells: "revoked" }), revoked()),
      line: (next) => (line.set(next), tell({ tells: "line", state: next })),
    });
  });
  tell({ tells: "line?" });
  addEventListener("pagehide", seat.leave);

  return () => {
    removeEventListener("pagehide", seat.leave);
    seat.leave();
    close?.();
    election.close();
    news.close();
    line.set({ line: "connecting" });
  };
}
