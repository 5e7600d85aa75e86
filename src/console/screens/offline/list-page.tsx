import { useCallback, useEffect, useState } from "react";
import { SessionContext } from "../../api/queries.ts";
import { useIdle } from "../../api/idle.ts";
import { MOST_WRONG_PINS, openLoan, peekLoan, type OpenLoan } from "../../offline/loan.ts";
import { Loading } from "../../parts/loading.tsx";
import { Notices } from "../../parts/notices.tsx";
import { offlineTexts } from "../../texts/offline.ts";
import { useTexts } from "../../texts/texts.ts";
import { api, BASE } from "../../urls.ts";
import { HandIn, Handed, type Merged } from "./hand-in.tsx";
import { ListDay } from "./list-day.tsx";
import { PinField } from "./take-form.tsx";
import "../../styles/today.css";
import "../../styles/outcomes.css";
import "../../styles/offline.css";

/** The list of a session on a tablet, with or without network: its PIN opens it, and ten idle minutes close it. */
export function ListPage() {
  const t = useTexts(offlineTexts);
  const [loan, setLoan] = useState<OpenLoan>();
  const [done, setDone] = useState<Merged>();
  const lock = useCallback(() => setLoan(undefined), []);
  useIdle(lock);
  return (
    <>
      <header className="band">
        <div className="band-row list-band">
          <strong>{t.title}</strong>
          <Network />
          {loan && !done && (
            <button type="button" className="button on-band" onClick={lock}>
              {t.close}
            </button>
          )}
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        {done ? (
          <Handed done={done} />
        ) : loan === undefined ? (
          <Unlock opened={setLoan} />
        ) : loan.carried ? (
          <SessionContext value={loan.carried.session}>
            <ListDay loan={loan} carried={loan.carried} change={setLoan} handed={setDone} />
          </SessionContext>
        ) : (
          <div className="page narrow list-page">
            <h1>{t.unlockTitle}</h1>
            <p>{t.expired}</p>
            <HandIn loan={loan} handed={setDone} />
          </div>
        )}
      </main>
      <Notices />
    </>
  );
}

/** How often it is asked whether the office answers. */
const LOOK_EVERY_MS = 10_000;

/** Whether the office answers: said all the time, in words. What the browser says of its network is no answer. */
function Network() {
  const t = useTexts(offlineTexts);
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = () =>
      void fetch(api.session, { cache: "no-store", signal: AbortSignal.timeout(LOOK_EVERY_MS / 2) }).then(
        () => setOn(true),
        () => setOn(false),
      );
    look();
    const looking = setInterval(look, LOOK_EVERY_MS);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      clearInterval(looking);
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return <span role="status">{isOn ? t.onlineNow : t.offlineNow}</span>;
}

function Unlock({ opened }: { opened: (loan: OpenLoan) => void }) {
  const t = useTexts(offlineTexts);
  const [known, setKnown] = useState<{ wrong: number; acts: number } | null>();
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const look = () => void peekLoan().then((loan) => setKnown(loan ?? null));
  useEffect(look, []);
  const [erased, setErased] = useState(false);
  const submit = async () => {
    setBusy(true);
    const answer = await openLoan(pin);
    setBusy(false);
    setPin("");
    if ("key" in answer) return opened(answer);
    setErased(answer.left === 0);
    look();
  };
  if (known === undefined) return <Loading />;
  return (
    <div className="page narrow list-page">
      <h1>{t.unlockTitle}</h1>
      {known === null ? (
        <>
          <p role="status">{erased ? t.erased : t.noList}</p>
          <a className="button primary" href={`${BASE}/`}>
            {t.toConsole}
          </a>
        </>
      ) : (
        <form onSubmit={(event) => (event.preventDefault(), void submit())}>
          <p>{t.kept(known.acts)}</p>
          <PinField label={t.yourPin} value={pin} change={setPin} />
          {known.wrong > 0 && <p role="alert">{t.left(MOST_WRONG_PINS - known.wrong)}</p>}
          <button type="submit" className="button primary large" disabled={busy || pin === ""}>
            {busy ? t.unlocking : t.unlock}
          </button>
        </form>
      )}
    </div>
  );
}
