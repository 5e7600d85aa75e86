import type { ReactNode } from "react";
import { Pictogram } from "./pictogram.tsx";

/** Until when a place is kept, as a sentence of the moment: nothing counts down. Without script the page fetches itself again. */
export function HoldTimer({ children }: { children: ReactNode }) {
  return (
    <p className="hold">
      <Pictogram name="clock" />
      <span>{children}</span>
    </p>
  );
}
