import type { ReactNode } from "react";
import { Details } from "./details.tsx";

export interface DrawCheckProps {
  lang: string;
  /** The verifier as a script for a worker; undefined where the build made none. */
  workerHref: string | undefined;
  /** Addresses of the signed papers, and of everything that is published so far. */
  documents: string;
  published: readonly string[];
  run: string;
  chooseLabel: string;
  chooseHint: string;
  /** `{lines}` and `{name}` are filled in by the script. */
  reading: string;
  unreadable: string;
  /** What does the same without script. */
  commandSummary: string;
  command: ReactNode;
}

/** Checks a draw from its files. `src/client/check-draw.ts` does it on the page; without script the command stands there. */
export function DrawCheck(props: DrawCheckProps) {
  const { lang, workerHref, documents, published, reading, unreadable } = props;
  return (
    <div
      data-check
      data-worker={workerHref}
      data-language={lang}
      data-documents={documents}
      data-published={published.join(" ")}
      data-reading={reading}
      data-unreadable={unreadable}
    >
      <div data-controls hidden>
        <p>
          <button className="btn" type="button" data-run>
            {props.run}
          </button>
        </p>
        <div className="field">
          <label htmlFor="own-files">{props.chooseLabel}</label>
          <div className="hint" id="own-files-hint">
            {props.chooseHint}
          </div>
          <input id="own-files" type="file" multiple accept=".jsonl" aria-describedby="own-files-hint" data-chosen />
        </div>
        <p className="lead" role="status" data-said />
        <ul data-found />
      </div>
      <Details summary={props.commandSummary}>{props.command}</Details>
    </div>
  );
}
