import { createStore } from "./store.ts";

/** Why nobody is signed in: the sign-in page says it in a sentence. */
export type SessionEnd = "idle" | "locked" | "signed_out" | "ended";

/** One browser, one session: what ends it in one tab ends it in all. */
const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("ventanilla.session");
const end = createStore<SessionEnd | undefined>(undefined);

if (tabs)
  tabs.onmessage = ({ data }: MessageEvent<SessionEnd | "begun">) => end.set(data === "begun" ? undefined : data);

export const useSessionEnd = end.use;

export function endSession(why: SessionEnd): void {
  tabs?.postMessage(why);
  end.set(why);
}

export function sessionBegun(): void {
  tabs?.postMessage("begun");
  end.set(undefined);
}
