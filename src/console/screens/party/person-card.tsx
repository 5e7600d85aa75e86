import { useState } from "react";
import type { FilePerson, PartyAppointment } from "../../api/types.ts";
import { ageOn, longDate } from "../../parts/format.ts";
import { pictureOf, useServiceName } from "../../parts/services.tsx";
import { useFocusBack } from "../../parts/use-focus-back.ts";
import { COPY_FIELDS } from "../../rules/copy-order.ts";
import { fullName } from "../../rules/filter.ts";
import { partyTexts } from "../../texts/party.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";
import { NameForm } from "./name-form.tsx";
import { Parents } from "./parents.tsx";
import type { Copying } from "./use-copying.ts";

interface Props {
  readonly bookingId: string;
  readonly person: FilePerson;
  readonly alone: boolean;
  readonly visitDate: string;
  /** The booking stands. */
  readonly open: boolean;
  readonly appointments: readonly PartyAppointment[];
  readonly copying: Copying;
}

/** One person: each datum a button that copies it, the services with what came of them, and for a child the parents. */
export function PersonCard({ bookingId, person, alone, visitDate, open, appointments, copying }: Props) {
  const t = useTexts(partyTexts);
  const language = useLanguage();
  const nameOf = useServiceName();
  const [correcting, setCorrecting] = useState(false);
  const correctButton = useFocusBack(correcting);
  const age = ageOn(person.bornOn, visitDate);

  return (
    <section className="person" aria-label={`${t.person(person.ordinal)}: ${fullName(person)}`}>
      <header className="person-head">
        {!alone && <span className="person-number">{person.ordinal}</span>}
        <h3>
          <Pictogram name={person.child ? "child" : "adult"} />
          {fullName(person)}
        </h3>
        <span className="soft">
          {t.age(age)}
          {person.child && `, ${t.child}`}
        </span>
      </header>
      <div className="fields">
        {COPY_FIELDS.map((field) => {
          const step = copying.steps.find((one) => one.ordinal === person.ordinal && one.field === field);
          if (!step) return null;
          const mark = copying.markOf(person.ordinal, field);
          return (
            <button
              key={field}
              type="button"
              className={`field field-${field}`}
              data-mark={mark}
              onClick={() => copying.copy(step)}
              aria-label={`${t.copyOne(t.fields[field])}: ${step.text}`}
            >
              <span className="field-name">
                {t.fields[field]}
                {mark && <span className="field-mark">{mark === "next" ? t.nextIs : t.wasCopied}</span>}
              </span>
              <span className="field-value">{step.text}</span>
            </button>
          );
        })}
      </div>
      {person.otherName !== "" && (
        <p className="other-name">
          {t.otherName} <strong>{person.otherName}</strong>
        </p>
      )}
      {person.declared.length > 0 && (
        <p className="door-note warning">
          <Pictogram name="warning" />
          {t.declared(
            person.declared
              .map(({ kind, on }) => t.declarations[kind] + (on ? ` ${longDate(on, language)}` : ""))
              .join(", "),
          )}
        </p>
      )}
      {correcting ? (
        <NameForm bookingId={bookingId} person={person} close={() => setCorrecting(false)} />
      ) : (
        <button
          ref={correctButton}
          type="button"
          className="button quiet small"
          onClick={() => setCorrecting(true)}
          aria-label={`${t.correct}: ${fullName(person)}`}
        >
          {t.correct}
        </button>
      )}
      <ul className="person-services">
        {appointments.flatMap((appointment) =>
          appointment.services.map((service) => {
            const outcome = appointment.outcomes.find((one) => one.service === service);
            return (
              <li key={`${appointment.id} ${service}`}>
                <Pictogram name={pictureOf(service)} />
                <span>{nameOf(service)}</span>
                {outcome && (
                  <span className={`outcome outcome-${outcome.code}`}>
                    {t.codes[outcome.code]}
                    {outcome.reason &&
                      `: ${t.missing[outcome.reason as keyof typeof t.missing] ?? t.refused[outcome.reason as keyof typeof t.refused] ?? ""}`}
                  </span>
                )}
              </li>
            );
          }),
        )}
      </ul>
      {person.parents.length > 0 && (
        <Parents
          bookingId={bookingId}
          ordinal={person.ordinal}
          parents={person.parents}
          visitDate={visitDate}
          open={open}
        />
      )}
    </section>
  );
}
