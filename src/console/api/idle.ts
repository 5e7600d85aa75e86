import { useEffect } from "react";

/** A screen that nobody touched for so long is closed: the next person in the chair is another one. */
export const IDLE_MINUTES = 10;
const CHECK_EVERY_MS = 15_000;
const SIGNS_OF_LIFE = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Calls `idle` once nobody has touched any tab of this browser for `IDLE_MINUTES`. Moving the mouse alone does not count. */
export function useIdle(idle: () => void): void {
  useEffect(() => {
    let touchedAt = Date.now();
    let toldAt = 0;
    const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("ventanilla.touched");
    const touched = () => {
      touchedAt = Date.now();
      if (touchedAt - toldAt < CHECK_EVERY_MS) return;
      toldAt = touchedAt;
      tabs?.postMessage("touched");
    };
    // The machine's own clock, so that a laptop that slept through its ten minutes locks when it wakes.
    const check = () => Date.now() - touchedAt >= IDLE_MINUTES * 60_000 && idle();
    if (tabs) tabs.onmessage = () => void (touchedAt = Date.now());
    const checking = setInterval(check, CHECK_EVERY_MS);
    document.addEventListener("visibilitychange", check);
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, touched, { capture: true, passive: true });
    return () => {
      tabs?.close();
      clearInterval(checking);
      document.removeEventListener("visibilitychange", check);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, touched, { capture: true });
    };
  }, [idle]);
}
