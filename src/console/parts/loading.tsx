import { Component, type ReactNode } from "react";
import { refusalTexts, wordsFor } from "../texts/refusals.ts";
import { shellTexts } from "../texts/shell.ts";
import { useTexts } from "../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

export function Loading({ children }: { children?: string }) {
  const t = useTexts(shellTexts);
  return (
    <p className="loading" role="status">
      {children ?? t.loading}
    </p>
  );
}

/** A screen whose data did not come: why, and the way on. */
export function Failed({ error, again }: { error: unknown; again: () => void }) {
  const t = useTexts(shellTexts);
  const words = useTexts(refusalTexts);
  return (
    <div className="blank" role="alert">
      <Pictogram name="warning" />
      <h2>{t.failedTitle}</h2>
      <p>{wordsFor(error, words)}</p>
      <button type="button" className="button" onClick={again}>
        {t.retry}
      </button>
    </div>
  );
}

/** Nothing to show, said as good news where it is. */
export function Blank({ title, help, children }: { title: string; help?: string; children?: ReactNode }) {
  return (
    <div className="blank">
      {children}
      <p className="blank-title">{title}</p>
      {help && <p>{help}</p>}
    </div>
  );
}

/** The one place where a fault of the page's own code ends; React offers it to classes only. */
export class FaultBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const t = useTexts(shellTexts);
  return (
    <div className="blank" role="alert">
      <Pictogram name="warning" />
      <h2>{t.brokenTitle}</h2>
      <p>{t.brokenHelp}</p>
      <button type="button" className="button" onClick={() => location.reload()}>
        {t.reload}
      </button>
    </div>
  );
}
