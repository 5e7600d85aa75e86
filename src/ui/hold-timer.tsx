import type { ReactNode } from "react";
import { Pictogram } from "./pictogram.tsx";

/**
 * Until when a place is kept, as a sentence that is true without script.
 * `until` is the UTC instant, for a script that may count down beside it.
 */
export function HoldTimer({ until, children }: { until: string; children: ReactNode }) {
  return (
    <p className="hold" data-hold-until={until}>
      <Pictogram name="clock" />
      <span>{children}</span>
    </p>
  );
}
