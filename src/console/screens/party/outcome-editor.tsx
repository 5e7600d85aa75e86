import { useSession } from "../../api/queries.ts";
import type {
  FilePerson,
  MissingDocument,
  OutcomeCode,
  OutcomeInput,
  PartyAppointment,
  RefusalReason,
} from "../../api/types.ts";
import { pictureOf, useServiceName } from "../../parts/services.tsx";
import {
  choiceKey,
  completeOutcomes,
  countMissing,
  isBegun,
  needsReason,
  openServices,
  type Choice,
  type Choices,
} from "../../rules/outcomes.ts";
import { heldServices } from "../../rules/suspended.ts";
import { dayTexts } from "../../texts/day.ts";
import { partyTexts } from "../../texts/party.ts";
import { useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

const CODES: readonly OutcomeCode[] = ["issued", "missing_document", "refused", "no_show"];

/** Nothing stands still. */
const NONE: ReadonlySet<string> = new Set();

interface Props {
  readonly people: readonly Pick<FilePerson, "ordinal" | "givenNames">[];
  readonly appointments: readonly PartyAppointment[];
  readonly choices: Choices;
  /** Services that stand still: they may be left open. */
  readonly suspended?: ReadonlySet<string>;
  readonly setChoices: (choices: Choices) => void;
  readonly busy: boolean;
  readonly issueAll: () => void;
  readonly save: (outcomes: readonly OutcomeInput[], closes: boolean) => void;
}

/** One key for the whole family when all went well; one choice for each service when not. */
export function OutcomeEditor({
  people,
  appointments,
  choices,
  setChoices,
  busy,
  issueAll,
  save,
  suspended = NONE,
}: Props) {
  const t = useTexts(partyTexts);
  const day = useTexts(dayTexts);
  const nameOf = useServiceName();
  const open = openServices(appointments);
  const missing = countMissing(appointments, choices, suspended);
  const outcomes = completeOutcomes(appointments, choices, suspended);
  const begun = isBegun(appointments, choices);
  const possible = open.filter(({ service }) => !suspended.has(service));
  const held = heldServices(appointments, suspended);
  if (open.length === 0) return null;

  return (
    <section className="outcomes">
      <h3>{t.outcomes}</h3>
      {held.length > 0 && <p className="soft">{day.heldNow(held.map(nameOf).join(", "))}</p>}
      <button
        type="button"
        className={`button large ${begun ? "" : "primary"}`}
        disabled={busy || possible.length === 0}
        onClick={issueAll}
      >
        <Pictogram name="check" />
        {t.allIssuedFor(new Set(possible.map(({ ordinal }) => ordinal)).size)} {!begun && <kbd>E</kbd>}
      </button>
      <h4>{t.severally}</h4>
      {open.map(({ appointmentId, ordinal, service }) => {
        const key = choiceKey(appointmentId, service);
        const person = people.find((one) => one.ordinal === ordinal);
        return (
          <ServiceOutcome
            key={key}
            name={key}
            whose={people.length > 1 ? (person?.givenNames ?? "") : ""}
            service={service}
            choice={choices[key]}
            choose={(choice) => setChoices({ ...choices, [key]: choice })}
          />
        );
      })}
      {begun && (
        <div className="save-bar">
          <button
            type="button"
            className="button primary"
            disabled={busy || outcomes === undefined}
            onClick={() => outcomes && save(outcomes, outcomes.length === open.length)}
          >
            {t.save}
          </button>
          {missing > 0 && <span className="soft">{t.stillMissing(missing)}</span>}
        </div>
      )}
    </section>
  );
}

interface ServiceProps {
  readonly name: string;
  readonly whose: string;
  readonly service: string;
  readonly choice: Choice | undefined;
  readonly choose: (choice: Choice) => void;
}

function ServiceOutcome({ name, whose, service, choice, choose }: ServiceProps) {
  const t = useTexts(partyTexts);
  const { missingDocuments, refusalReasons } = useSession();
  const nameOf = useServiceName();
  const reasons: readonly (MissingDocument | RefusalReason)[] =
    choice?.code === "missing_document" ? missingDocuments : choice?.code === "refused" ? refusalReasons : [];
  const wordsOf = (reason: MissingDocument | RefusalReason) =>
    reason in t.missing ? t.missing[reason as MissingDocument] : t.refused[reason as RefusalReason];

  return (
    <fieldset className="service-outcome">
      <legend>
        <Pictogram name={pictureOf(service)} />
        {nameOf(service)}
        {whose && <span className="soft"> · {whose}</span>}
      </legend>
      <div className="segments">
        {CODES.map((code) => (
          <label key={code} className={`segment segment-${code}`}>
            <input type="radio" name={name} checked={choice?.code === code} onChange={() => choose({ code })} />
            <span>{t.codes[code]}</span>
          </label>
        ))}
      </div>
      {choice && needsReason(choice.code) && (
        <fieldset className="reasons">
          <legend>{choice.code === "missing_document" ? t.whichPaper : t.whyRefused}</legend>
          <div className="reason-list">
            {reasons.map((reason) => (
              <label key={reason} className="reason">
                <input
                  type="radio"
                  name={`${name} why`}
                  checked={choice.reason === reason}
                  onChange={() => choose({ ...choice, reason })}
                />
                <span>{wordsOf(reason)}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </fieldset>
  );
}
