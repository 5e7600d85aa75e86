import { useEffect, useId, useRef, type ReactNode } from "react";
import { shellTexts } from "../texts/shell.ts";
import { useTexts } from "../texts/texts.ts";

/** The browser's own dialog: it holds the focus, closes by Escape and gives the focus back. */
export function Dialog({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const t = useTexts(shellTexts);
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current!;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      className="dialog"
      aria-labelledby={titleId}
      onClose={close}
      onClick={(event) => event.target === element.current && close()}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="button quiet square" onClick={close} aria-label={t.close}>
            <Cross />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

export function Cross() {
  return (
    <svg className="pic" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M6 6l12 12M18 6L6 18" />
    </svg>
  );
}
