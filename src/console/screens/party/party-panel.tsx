import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { fileQuery, useSession } from "../../api/queries.ts";
import type { Party, PartyFile, Today } from "../../api/types.ts";
import { Cross } from "../../parts/dialog.tsx";
import { longDate, shortDate } from "../../parts/format.ts";
import { Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { useServiceName } from "../../parts/services.tsx";
import { StateSign } from "../../parts/state-sign.tsx";
import { TurnChip } from "../../parts/turn-chip.tsx";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { fullName } from "../../rules/filter.ts";
import { isBegun, type Choices } from "../../rules/outcomes.ts";
import { partyState, whyNot, type Action } from "../../rules/party-states.ts";
import { heldServices, suspendedFor } from "../../rules/suspended.ts";
import { dayTexts } from "../../texts/day.ts";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { todayTexts } from "../../texts/today.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import type { useVisitActions } from "../today/use-visit-actions.ts";
import { CopyBar } from "./copy-bar.tsx";
import { Interpreter } from "./interpreter.tsx";
import { OutcomeEditor } from "./outcome-editor.tsx";
import { Papers } from "./papers.tsx";
import { ReturnNote } from "./return-note.tsx";
import { PersonCard } from "./person-card.tsx";
import { Steps } from "./steps.tsx";
import { useCopying } from "./use-copying.ts";

interface Props {
  readonly bookingId: string;
  /** Its line of today's list, fresher than the file; missing when it is of another day. */
  readonly party: Party | undefined;
  readonly today: string;
  /** Services that stand still today. */
  readonly suspensions: Today["suspensions"];
  readonly busy: boolean;
  readonly step: (action: Action) => void;
  act: ReturnType<typeof useVisitActions>["act"];
  readonly issueAll: (file: PartyFile) => void;
  readonly undo: () => void;
  readonly close: () => void;
}

export function PartyPanel(props: Props) {
  const t = useTexts(partyTexts);
  const { data, error, refetch } = useQuery(fileQuery(props.bookingId));
  // Pressed by habit before the file is there: it is done when it is, and seen then.
  const [early, setEarly] = useState(false);
  if (data) return <OpenFile {...props} early={early} file={{ ...data, ...fresher(props.party) }} />;
  return (
    <>
      <PressedEarly press={() => setEarly(true)} />
      <header className="file-head">
        <div className="file-title" />
        <PanelClose close={props.close} />
      </header>
      {error ? <Failed error={error} again={() => void refetch()} /> : <Loading>{t.opening}</Loading>}
    </>
  );
}

function PressedEarly({ press }: { press: () => void }) {
  useShortcuts({ issue_all: press });
  return null;
}

function fresher(party: Party | undefined): Partial<PartyFile> {
  return party ? { visit: party.visit, appointments: party.appointments, state: party.state } : {};
}

function OpenFile({ file, early, ...props }: Props & { readonly file: PartyFile; readonly early: boolean }) {
  const { today, busy, step, act, undo, close } = props;
  const t = useTexts(partyTexts);
  const words = useTexts(todayTexts);
  const day = useTexts(dayTexts);
  const nameOf = useServiceName();
  const language = useLanguage();
  const zone = useSession().office!.zone;
  const copying = useCopying(file.people);
  const heading = useRef<HTMLHeadingElement>(null);
  // Of another day and not on today's list: whatever it did on its own day, here it is still to come.
  const isAway = file.localDate !== today && !props.party && file.returnUntil !== null && file.state === "active";
  const state = isAway ? "expected" : partyState(file);
  const { visit, people, appointments } = file;
  const records = whyNot("record", state, undefined) === undefined;
  const suspended = suspendedFor(props.suspensions, isAway ? null : visit);
  const held = heldServices(appointments, suspended);
  const [choices, setChoices] = useState<Choices>({});
  const notify = useNotify();
  const [first, ...others] = people;

  // Where list and file do not fit side by side the list is gone, and the focus with it.
  useEffect(() => {
    if (matchMedia("(max-width: 61.99rem)").matches) heading.current?.focus();
  }, []);

  const issueAll = () => props.issueAll(file);
  const atOnce = useRef(early ? issueAll : undefined);
  useEffect(() => {
    atOnce.current?.();
    atOnce.current = undefined;
  }, []);
  useShortcuts({
    copy_next: copying.copyNext,
    // The key is pressed by habit and would throw away what was chosen; the button is pressed on purpose.
    issue_all: () => (records && isBegun(appointments, choices) ? notify.say(t.choiceBegun) : issueAll()),
  });

  return (
    <article className="file">
      <header className="file-head">
        <div className="file-title">
          <p className={`chip chip-${state}`}>
            <StateSign state={state} />
            {words.states[state]}
          </p>
          {visit && !isAway && (
            <p className="turn-line">
              <TurnChip visit={visit} />
            </p>
          )}
          <h2 ref={heading} tabIndex={-1}>
            {fullName(first!)}
            {others.length > 0 && <span className="row-more"> {words.andMore(others.length)}</span>}
          </h2>
          <p className="file-meta">
            <strong>{file.localTime}</strong>
            <span>
              {t.folio} <span className="mono">{file.folio}</span>
            </span>
            <span>{t.language[file.language]}</span>
            <span>
              {t.booked(
                t.channels[file.channel as keyof typeof t.channels] ?? file.channel,
                shortDate(file.createdAt, zone, language),
              )}
            </span>
          </p>
        </div>
        <PanelClose close={close} />
      </header>
      {file.localDate !== today && (
        <p className="door-note warning">
          <Pictogram name="calendar" />
          {t.otherDay(longDate(file.localDate, language))}
        </p>
      )}
      <Steps
        state={state}
        visit={isAway ? null : visit}
        zone={zone}
        busy={busy}
        today={file.localDate === today || (props.party !== undefined && file.returnUntil !== null)}
        step={step}
        undo={undo}
      >
        <Interpreter visit={isAway ? null : visit} />
      </Steps>
      {held.length > 0 && (
        <p className="door-note warning">
          <Pictogram name="warning" />
          {day.heldNow(held.map(nameOf).join(", "))}
        </p>
      )}
      <ReturnNote
        file={file}
        today={today}
        busy={busy}
        receive={
          isAway ? () => act({ does: "check_in", bookingId: file.bookingId, name: fullName(first!) }) : undefined
        }
      />
      <CopyBar copying={copying} people={people.length} />
      {people.map((person) => (
        <PersonCard
          key={person.ordinal}
          bookingId={file.bookingId}
          person={person}
          alone={people.length === 1}
          visitDate={file.localDate}
          open={file.state === "active"}
          appointments={appointments.filter(({ ordinal }) => ordinal === person.ordinal)}
          copying={copying}
        />
      ))}
      {visit && records && (
        <OutcomeEditor
          people={people}
          appointments={appointments}
          choices={choices}
          suspended={suspended}
          setChoices={setChoices}
          busy={busy}
          issueAll={issueAll}
          save={(outcomes, closes) => act({ does: "record", bookingId: file.bookingId, visit, outcomes, closes })}
        />
      )}
      <Papers checklist={file.checklist} services={[...new Set(people.flatMap(({ services }) => services))]} />
    </article>
  );
}

function PanelClose({ close }: { close: () => void }) {
  const t = useTexts(partyTexts);
  return (
    <button
      type="button"
      className="button quiet square file-close"
      onClick={close}
      aria-label={t.close}
      title={`${t.close} (Esc)`}
    >
      <Cross />
    </button>
  );
}
