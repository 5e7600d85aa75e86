import { useState } from "react";
import { Refused } from "../../api/request.ts";
import type { HandInAnswer } from "../../api/types.ts";
import { handIn } from "../../offline/hand-in.ts";
import { forgetLoan, type OpenLoan } from "../../offline/loan.ts";
import { ConfirmDialog } from "../../parts/confirm-dialog.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { refusalTexts, wordsFor } from "../../texts/refusals.ts";
import { useTexts } from "../../texts/texts.ts";
import { BASE, pages } from "../../urls.ts";

export type Merged = NonNullable<HandInAnswer["merged"]>;

/** Gives what was recorded to the office. Only when the office has it all is it erased here, and the list goes from the screen. */
export function HandIn({ loan, handed }: { loan: OpenLoan; handed: (done: Merged) => void }) {
  const t = useTexts(offlineTexts);
  const words = useTexts(refusalTexts);
  const [state, setState] = useState<{ busy?: true; error?: unknown }>({});
  const [erasing, setErasing] = useState(false);
  const send = async () => {
    setState({ busy: true });
    try {
      const done = await handIn(loan);
      await forgetLoan();
      handed(done);
    } catch (error) {
      setState({ error });
    }
  };
  const { busy, error } = state;
  const signedOut = error instanceof Refused && error.code === "not_signed_in";
  const isRefused = error instanceof Refused && !signedOut && error.status < 500;
  return (
    <div className="hand-in">
      <span>{t.kept(loan.acts.length)}</span>
      <button type="button" className="button" disabled={busy} onClick={() => void send()}>
        {busy ? t.handing : t.handIn}
      </button>
      {error !== undefined && (
        <p role="alert">{signedOut ? <a href={`${BASE}${pages.offline}`}>{t.signIn}</a> : wordsFor(error, words)}</p>
      )}
      {isRefused && (
        <button type="button" className="button" onClick={() => setErasing(true)}>
          {t.erase}
        </button>
      )}
      {erasing && (
        <ConfirmDialog
          title={t.erase}
          question={t.eraseQuestion}
          cancel={t.cancel}
          isBusy={false}
          confirm={() => void forgetLoan().then(() => location.assign(`${BASE}${pages.offline}`))}
          close={() => setErasing(false)}
        />
      )}
    </div>
  );
}

/** What came of it, in place of the list that is gone. */
export function Handed({ done }: { done: Merged }) {
  const t = useTexts(offlineTexts);
  return (
    <div className="page narrow list-page handed">
      <h1>{t.handedTitle}</h1>
      <p role="status">
        {t.handed(done.operations)} {done.conflicts > 0 && t.toDecide(done.conflicts)} {t.nothingKept}
      </p>
      <a className="button primary" href={`${BASE}${pages.offline}`}>
        {t.toConsole}
      </a>
    </div>
  );
}
