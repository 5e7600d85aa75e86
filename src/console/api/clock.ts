import { useEffect, useState } from "react";

/** How far the server's clock is ahead of this machine's: an office PC that runs wrong must not make anybody late. */
let aheadMs = 0;

export function setServerTime(at: string): void {
  aheadMs = Date.parse(at) - Date.now();
}

export function serverNow(): number {
  return Date.now() + aheadMs;
}

/** The server's time, again every `everyMs`. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    setNow(serverNow());
    const ticking = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(ticking);
  }, [everyMs]);
  return now;
}
