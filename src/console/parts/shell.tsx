import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { NavLink } from "react-router";
import { careQuery } from "../api/care.ts";
import { queueQuery, waitingQuery } from "../api/emergencies.ts";
import { useCounter } from "../api/counter.ts";
import { useIdle } from "../api/idle.ts";
import { useLine, useLiveUpdates } from "../api/live.ts";
import { followEvent, todayQuery, useSession } from "../api/queries.ts";
import { post } from "../api/request.ts";
import { endSession, type SessionEnd } from "../api/session-end.ts";
import type { OfficeEvent } from "../api/types.ts";
import { isSection, type Screen } from "../rules/screens.ts";
import { shellTexts } from "../texts/shell.ts";
import { setLanguage, useLanguage, useTexts } from "../texts/texts.ts";
import { api, pages } from "../urls.ts";
import { Mark } from "#ui/mark.tsx";
import { Pictogram } from "#ui/pictogram.tsx";
import { AlarmBanner } from "./alarm-banner.tsx";
import { AlarmKey } from "./alarm-key.tsx";
import { CounterDialog } from "./counter-dialog.tsx";
import { longDate } from "./format.ts";
import { LineBanner } from "./line-banner.tsx";
import { Notices } from "./notices.tsx";
import { TouchDialog } from "./touch-dialog.tsx";

/** Several events at once (a family that books, a line that comes back) are one reading of the list. */
const GATHER_MS = 250;

/** The band with the office, the sections, the counter and the account, around every screen of whoever is signed in. */
export function Shell({ screens, children }: { screens: readonly Screen[]; children: ReactNode }) {
  const t = useTexts(shellTexts);
  const language = useLanguage();
  const { office } = useSession();
  const receives = screens.includes("today");
  useIdle(useCallback(() => leave("idle"), []));

  return (
    <>
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <header className="band">
        <div className="band-row">
          <div className="brand">
            <Mark />
            <div>
              <strong>{office ? office.name[language] : t.network}</strong>
              <span>{office ? longDate(office.localDate, language) : `${t.product} · ${t.console}`}</span>
            </div>
          </div>
          <nav className="sections" aria-label={t.sections}>
            {screens.filter(isSection).map((screen) => (
              <NavLink key={screen} to={pages[screen]}>
                {t[screen]}
                {screen === "emergencies" && <EmergencyCount />}
              </NavLink>
            ))}
          </nav>
          <div className="band-end">
            {office && <AlarmKey />}
            {receives && <Live />}
            {receives && <CounterButton />}
            <Account />
          </div>
        </div>
      </header>
      {office && <AlarmBanner />}
      {receives && <LineBanner />}
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <Notices />
      <TouchDialog />
    </>
  );
}

/** Ends the session on the server too: a locked screen that a reload would open is not locked. */
function leave(why: SessionEnd): void {
  void post(api.signOut).catch(() => undefined);
  endSession(why);
}

function Live() {
  const t = useTexts(shellTexts);
  const client = useQueryClient();
  const { line } = useLine();
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const happened = useCallback(
    (event: OfficeEvent) => {
      if (event.event === "emergencies" || event.event === "changed")
        // An open request is read again by whoever changes it: each reading is a line of the audit log.
        for (const { queryKey } of [waitingQuery, queueQuery]) void client.invalidateQueries({ queryKey });
      if (event.event === "emergencies") return;
      if (event.event === "care" || event.event === "changed")
        void client.invalidateQueries({ queryKey: careQuery.queryKey });
      if (event.event === "care" || !followEvent(client, event)) return;
      clearTimeout(gathering.current);
      gathering.current = setTimeout(() => void client.invalidateQueries({ queryKey: todayQuery.queryKey }), GATHER_MS);
    },
    [client],
  );
  useEffect(() => () => clearTimeout(gathering.current), []);
  useLiveUpdates({ happened, revoked: useCallback(() => endSession("ended"), []) });
  return (
    <span className={`line line-${line}`}>
      {line === "live" ? t.live : line === "lost" ? t.retrying : t.connecting}
    </span>
  );
}

/** How many wait for an answer: said in words too, and nothing while nobody waits. */
function EmergencyCount() {
  const t = useTexts(shellTexts);
  const { data } = useQuery(waitingQuery);
  if (!data || data.waiting === 0) return null;
  return (
    <span className="waiting-count" role="img" aria-label={t.emergenciesWaiting(data.waiting, data.late)}>
      {data.waiting}
    </span>
  );
}

function CounterButton() {
  const t = useTexts(shellTexts);
  const counter = useCounter();
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <button
        type="button"
        className={`button on-band ${counter === undefined ? "wanted" : ""}`}
        aria-label={counter === undefined ? t.chooseCounter : t.counter(counter)}
        onClick={() => setChoosing(true)}
      >
        <Pictogram name="office" />
        <span className="wide-only">{counter === undefined ? t.chooseCounter : t.counter(counter)}</span>
        <span className="narrow-only">{counter === undefined ? t.counterShort : counter}</span>
      </button>
      {choosing && <CounterDialog close={() => setChoosing(false)} chosen={() => setChoosing(false)} />}
    </>
  );
}

function Account() {
  const t = useTexts(shellTexts);
  const language = useLanguage();
  const { staff } = useSession();
  const menu = useRef<HTMLDetailsElement>(null);
  const closeMenu = () => void (menu.current!.open = false);
  return (
    <details
      ref={menu}
      className="account"
      onKeyDown={(event) => event.key === "Escape" && closeMenu()}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && closeMenu()}
    >
      <summary className="button on-band" aria-label={`${t.account}: ${staff.name}`}>
        <Pictogram name="adult" />
        <span className="account-name">{staff.name}</span>
      </summary>
      <div className="menu">
        <p>
          <strong>{staff.name}</strong>
          <br />
          {t.roles[staff.role]}
        </p>
        <button
          type="button"
          onClick={() => (setLanguage(language === "es" ? "en" : "es"), closeMenu())}
          lang={language === "es" ? "en" : "es-MX"}
        >
          <Pictogram name="message" />
          {t.otherLanguage}
        </button>
        <button type="button" onClick={() => leave("locked")}>
          <Pictogram name="lock" />
          {t.lock}
        </button>
        <button type="button" onClick={() => leave("signed_out")}>
          <Leave />
          {t.signOut}
        </button>
      </div>
    </details>
  );
}

function Leave() {
  return (
    <svg className="pic" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M13 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h7M10 12h11M17 8l4 4-4 4" />
    </svg>
  );
}
