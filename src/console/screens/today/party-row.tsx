import { memo } from "react";
import { nextAction, stationAfter, whyNot, type Action } from "../../rules/party-states.ts";
import type { Today } from "../../api/types.ts";
import { fullName } from "../../rules/filter.ts";
import { LONG_WAIT_MINUTES, minutesLate, minutesSince, spell } from "../../rules/timers.ts";
import type { Line } from "../../rules/today-list.ts";
import { ServicePictures } from "../../parts/services.tsx";
import { StateSign } from "../../parts/state-sign.tsx";
import { TurnChip } from "../../parts/turn-chip.tsx";
import { isHeld, isHeldHere, suspendedFor } from "../../rules/suspended.ts";
import { longDate } from "../../parts/format.ts";
import { dayTexts } from "../../texts/day.ts";
import { shellTexts } from "../../texts/shell.ts";
import { todayTexts } from "../../texts/today.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

export interface RowHandlers {
  readonly open: (bookingId: string) => void;
  readonly step: (bookingId: string, action: Action) => void;
}

interface Props {
  readonly line: Line;
  readonly counter: number | undefined;
  readonly suspensions: Today["suspensions"];
  readonly now: number;
  readonly cursor: boolean;
  readonly isOpen: boolean;
  readonly busy: boolean;
  readonly showState: boolean;
  readonly handlers: RowHandlers;
}

/** One party of the list: what the clerk must see without opening it, and the one button that comes next. */
export const PartyRow = memo(function PartyRow({
  line,
  counter,
  suspensions,
  now,
  cursor,
  isOpen,
  busy,
  showState,
  handlers,
}: Props) {
  const t = useTexts(todayTexts);
  const { party, state } = line;
  const [first, ...others] = party.people;
  const name = fullName(first!);
  const next = nextAction(state, party.visit);
  const after = party.visit && stationAfter(party.visit);
  const label = next === "pass" && after ? t.passTo(t.stations[after]) : next && t.action[next];
  const held = isHeld(party, suspendedFor(suspensions, party.visit));
  const blocked = next && whyNot(next, state, counter, isHeldHere(party, suspensions));
  const day = useTexts(dayTexts);
  const language = useLanguage();

  return (
    <li className={`row row-${state}`} data-open={isOpen || undefined}>
      <button
        type="button"
        className="row-main"
        id={rowId(party.bookingId)}
        tabIndex={cursor ? 0 : -1}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => handlers.open(party.bookingId)}
      >
        <span className="row-time">
          <StateSign state={state} />
          {party.expectedTime ?? party.localTime}
        </span>
        <span className="row-who">
          <span className="row-name">{name}</span>
          <span className="row-what">
            {party.visit && <TurnChip visit={party.visit} />}
            {showState && <span className="row-state">{t.states[state]}</span>}
            <span className="row-people">
              <Pictogram name={others.length > 0 ? "family" : "adult"} />
              <span aria-hidden="true">{party.people.length}</span>
              <span className="hidden">{t.people(party.people.length)}</span>
            </span>
            <ServicePictures services={party.appointments.flatMap(({ services }) => services)} />
            <span className="row-folio">
              <span aria-hidden="true">···{party.folioTail}</span>
              <span className="hidden">{t.folioEnds(party.folioTail)}</span>
            </span>
            {party.permission && (
              <span className={`row-flag permission-${party.permission}`}>
                <Pictogram name={party.permission === "missing" ? "warning" : "check"} />
                {t.permission[party.permission]}
              </span>
            )}
            {party.expectedTime !== null && <span className="row-flag">{day.ownHour(party.localTime)}</span>}
            {held && (
              <span className="row-flag permission-missing">
                <Pictogram name="warning" />
                {day.suspendedShort}
              </span>
            )}
            {party.lostOn !== null ? (
              <span className="row-flag">
                <Pictogram name="calendar" />
                {day.cameBack(longDate(party.lostOn, language))}
              </span>
            ) : (
              party.returnUntil !== null &&
              state !== "done" &&
              !held && (
                <span className="row-flag">
                  <Pictogram name="calendar" />
                  {day.mayReturn(longDate(party.returnUntil, language))}
                </span>
              )
            )}
            {party.flags.length > 0 && (
              <span className="row-flag">
                <Pictogram name="warning" />
                {t.attention}
              </span>
            )}
          </span>
        </span>
        <Timing line={line} now={now} />
      </button>
      {next && (
        <button
          type="button"
          className="button row-next"
          disabled={busy}
          title={blocked === undefined ? undefined : t.whyNot[blocked]}
          aria-label={t.actionFor(label!, name)}
          onClick={() => handlers.step(party.bookingId, next)}
        >
          {label}
        </button>
      )}
    </li>
  );
});

export function rowId(bookingId: string): string {
  return `party-${bookingId}`;
}

/** The one figure that matters in each state: how late, how long in the hall, at which counter. */
function Timing({ line: { party, state }, now }: { line: Line; now: number }) {
  const t = useTexts(todayTexts);
  const shell = useTexts(shellTexts);
  const { visit } = party;
  if (state === "expected") {
    const late = minutesLate(party.startsAt, now);
    return <span className="row-timing">{late > 0 && <Attention words={t.late(spell(late))} />}</span>;
  }
  if (state === "waiting" && visit?.arrivedAt) {
    const minutes = minutesSince(visit.arrivedAt, now);
    const long = minutes >= LONG_WAIT_MINUTES;
    return (
      <span className="row-timing">
        {long ? <Attention words={t.longWait(spell(minutes))} /> : t.waits(spell(minutes))}
      </span>
    );
  }
  if ((state === "called" || state === "serving") && visit?.counter) {
    const since = state === "serving" ? visit.servedAt : visit.calledAt;
    const time = since === null ? "" : spell(minutesSince(since, now));
    return (
      <span className="row-timing">
        <strong>{shell.counter(visit.counter)}</strong>
        <br />
        {state === "serving" ? t.attended(time) : t.calledAgo(time)}
      </span>
    );
  }
  if (state === "done" && visit?.doneAt)
    return <span className="row-timing">{t.doneAgo(spell(minutesSince(visit.doneAt, now)))}</span>;
  return <span className="row-timing">{t.states[state]}</span>;
}

function Attention({ words }: { words: string }) {
  return (
    <span className="mark-late">
      <Pictogram name="clock" />
      {words}
    </span>
  );
}
