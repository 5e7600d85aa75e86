import { useMemo, useRef, useState } from "react";
import { useNow } from "../../api/clock.ts";
import type { LoanedParty, OfflineAct } from "../../api/types.ts";
import { doOffline, type Carried, type OpenLoan } from "../../offline/loan.ts";
import { useNotify } from "../../parts/notices.tsx";
import { fullName } from "../../rules/filter.ts";
import { actFor, standingRecords, withActs } from "../../rules/offline-party.ts";
import { sameForAll, type Choices } from "../../rules/outcomes.ts";
import { PARTY_STATES, partyState, stationAfter, whyNot, type Action, type Tab } from "../../rules/party-states.ts";
import { countTabs, linesOf, shownLines } from "../../rules/today-list.ts";
import { offlineTexts } from "../../texts/offline.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { OutcomeEditor } from "../party/outcome-editor.tsx";
import { PartyRow, type RowHandlers } from "../today/party-row.tsx";
import { Tabs } from "../today/tabs.tsx";
import { HandIn, type Merged } from "./hand-in.tsx";

/** Waiting times are whole minutes. */
const REDRAW_MS = 15_000;
const MOST_COUNTERS = 99;
const NONE: never[] = [];

interface Props {
  readonly loan: OpenLoan;
  readonly carried: Carried;
  readonly change: (loan: OpenLoan) => void;
  readonly handed: (done: Merged) => void;
}

/** The day on a tablet: the same list and the same keys as at the office, each act written down before it shows. */
export function ListDay({ loan, carried, change, handed }: Props) {
  const t = useTexts(offlineTexts);
  const today = useTexts(todayTexts);
  const notify = useNotify();
  const now = useNow(REDRAW_MS);
  const [tab, setTab] = useState<Tab>("expected");
  const [typed, setTyped] = useState("");
  const [opened, setOpened] = useState<string>();
  const [counter, setCounter] = useState(1);
  const [choices, setChoices] = useState<Choices>({});
  const writing = useRef(false);
  const [busy, setBusy] = useState(false);

  const parties = useMemo(() => carried.parties.map((one) => withActs(one, actsOf(loan, one))), [carried, loan]);
  const lines = useMemo(() => linesOf(parties), [parties]);
  const shown = shownLines(lines, tab, typed);
  const party = parties.find((one) => one.bookingId === opened);

  /** One act after the other: its number is its order. */
  const write = async (bookingId: string, act: OfflineAct, said: string) => {
    if (writing.current) return;
    writing.current = true;
    setBusy(true);
    try {
      change(await doOffline(loan, bookingId, act));
      notify.done(said);
    } catch {
      notify.say(t.notKept);
    }
    writing.current = false;
    setBusy(false);
  };
  const step = (bookingId: string, action: Action) => {
    const found = parties.find((one) => one.bookingId === bookingId)!;
    const why = whyNot(action, partyState(found), counter);
    if (why !== undefined) return notify.say(today.whyNot[why]);
    if (action === "record") return open(bookingId);
    const act = actFor(action, found.visit, counter);
    const name = fullName(found.people[0]!);
    if (act) void write(bookingId, act, action === "no_show" ? today.did.no_show : today.did[action](name));
  };
  const open = (bookingId: string) => (setChoices({}), setOpened(bookingId));
  const handlers: RowHandlers = { open, step };

  if (party) {
    const state = partyState(party);
    const isHere = PARTY_STATES[state].may.includes("record");
    const mayUndo = standingRecords(actsOf(loan, party)).length > 0;
    const others = PARTY_STATES[state].may.filter(
      (one) => one !== "record" && (one !== "pass" || (party.visit && stationAfter(party.visit))),
    );
    return (
      <div className="page narrow list-page list-party">
        <button type="button" className="button" onClick={() => setOpened(undefined)}>
          {t.back}
        </button>
        <h1 className="hidden">{t.unlockTitle}</h1>
        <h2>
          {party.people.map((one) => fullName(one)).join(", ")} <small>···{party.folioTail}</small>
        </h2>
        <p>
          {party.localTime} · {today.states[state]}
        </p>
        <div className="step-buttons">
          {others
            .filter((one) => (one === "unpark") === (party.visit?.parkedAt != null && one === "unpark"))
            .map((one) => (
              <button
                key={one}
                type="button"
                className="button"
                disabled={busy}
                onClick={() => step(party.bookingId, one)}
              >
                {one === "call" && state === "called" ? t.callAgain : today.action[one]}
              </button>
            ))}
          {mayUndo && (
            <button
              type="button"
              className="button"
              disabled={busy}
              onClick={() => void write(party.bookingId, { do: "undo" }, today.did.undo)}
            >
              {today.undo}
            </button>
          )}
        </div>
        {isHere && (
          <OutcomeEditor
            people={party.people}
            appointments={party.appointments}
            choices={choices}
            setChoices={setChoices}
            busy={busy}
            issueAll={() =>
              void write(
                party.bookingId,
                { do: "record", outcomes: sameForAll(party.appointments, "issued") },
                today.did.record,
              )
            }
            save={(outcomes) => (
              setChoices({}),
              void write(party.bookingId, { do: "record", outcomes: [...outcomes] }, today.did.record)
            )}
          />
        )}
      </div>
    );
  }
  return (
    <div className="list-day">
      <h1 className="hidden">{t.unlockTitle}</h1>
      <div className="list-tools">
        <label>
          <span>{t.find}</span>
          <input value={typed} onChange={(event) => setTyped(event.target.value)} />
        </label>
        <label>
          <span>{t.counter}</span>
          <input
            type="number"
            min={1}
            max={MOST_COUNTERS}
            value={counter}
            onChange={(event) => setCounter(Math.min(MOST_COUNTERS, Math.max(1, Number(event.target.value))))}
          />
        </label>
        <HandIn loan={loan} handed={handed} />
      </div>
      <p className="soft list-note">{t.walkIns}</p>
      <Tabs
        chosen={typed.trim() === "" ? tab : undefined}
        counts={countTabs(lines)}
        choose={(next) => (setTab(next), setTyped(""))}
      />
      {shown.length === 0 ? (
        <p className="blank-title">{today.empty[tab]}</p>
      ) : (
        <ul className="rows" aria-label={today.listLabel}>
          {shown.map((line) => (
            <PartyRow
              key={line.party.bookingId}
              line={line}
              counter={counter}
              suspensions={NONE}
              now={now}
              cursor
              isOpen={false}
              busy={busy}
              showState={typed.trim() !== ""}
              handlers={handlers}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function actsOf({ acts }: OpenLoan, { bookingId }: Pick<LoanedParty, "bookingId">) {
  return acts.filter((one) => one.bookingId === bookingId);
}
