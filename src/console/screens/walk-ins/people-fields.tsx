import { useSession } from "../../api/queries.ts";
import { NOBODY as NO_ONE, parentsOf, PersonFields } from "../../parts/person-fields.tsx";
import { personTexts } from "../../texts/person.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { walkInTexts } from "../../texts/walk-ins.ts";

export const NOBODY = { ...NO_ONE, service: "", otherService: "" };
export type Person = typeof NOBODY;

/** As the API takes them. */
export function applicantsOf(people: readonly Person[], today: string) {
  return people.map(({ service, otherService, ...person }) => ({
    ...person,
    services: [service, otherService].filter((one) => one !== ""),
    parents: parentsOf(person, today),
  }));
}

/** One person of the household, and what she comes for. */
export function WalkInFields({
  person,
  number,
  today,
  given,
  change,
}: {
  person: Person;
  number: number;
  today: string;
  /** What is given today; the rest only with a date. */
  given: readonly string[];
  change: (some: Partial<Person>) => void;
}) {
  const t = useTexts(walkInTexts);
  const words = useTexts(personTexts);
  const language = useLanguage();
  const { services } = useSession();
  return (
    <fieldset className="emergency-fields">
      <legend>{words.person(number)}</legend>
      <PersonFields person={person} on={today} change={change} />
      {(["service", "otherService"] as const).map((field) => (
        <label key={field}>
          {t[field]}
          <select
            value={person[field]}
            required={field === "service"}
            onChange={({ target }) => change({ [field]: target.value })}
          >
            <option value="">{field === "service" ? "" : t.none}</option>
            {[true, false].map((isToday) => {
              const own = services.filter(({ slug }) => given.includes(slug) === isToday);
              return (
                own.length > 0 && (
                  <optgroup key={String(isToday)} label={isToday ? t.givenToday : t.onlyDates}>
                    {own.map(({ slug, name }) => (
                      <option key={slug} value={slug}>
                        {name[language]}
                      </option>
                    ))}
                  </optgroup>
                )
              );
            })}
          </select>
        </label>
      ))}
    </fieldset>
  );
}
