import { BIRTH_PLACES } from "../texts/birth-places.ts";
import { personTexts } from "../texts/person.ts";
import { useTexts } from "../texts/texts.ts";
import { ageOn } from "./format.ts";

const NAMES = ["givenNames", "firstSurname", "secondSurname"] as const;
const SEXES = ["M", "H", "X"] as const;
const LONGEST_NAME = 80;
const ADULT_AGE = 18;

export const NOBODY = {
  givenNames: "",
  firstSurname: "",
  secondSurname: "",
  bornOn: "",
  bornIn: "",
  sex: "M",
  /** Of a child: how many people of its record come with it. */
  parents: 1,
};
export type PersonTyped = typeof NOBODY;

const isChild = ({ bornOn }: Pick<PersonTyped, "bornOn">, on: string): boolean =>
  bornOn !== "" && ageOn(bornOn, on) < ADULT_AGE;

/** As the API takes them on that day: a child has as many people of its record with it as were counted. */
export function parentsOf(person: PersonTyped, on: string): { part: "comes" }[] {
  return isChild(person, on) ? Array.from({ length: person.parents }, () => ({ part: "comes" })) : [];
}

/** A person as on the birth record. */
export function PersonFields({
  person,
  on,
  change,
}: {
  person: PersonTyped;
  /** The day of the visit. */
  on: string;
  change: (some: Partial<PersonTyped>) => void;
}) {
  const words = useTexts(personTexts);
  return (
    <>
      {NAMES.map((field) => (
        <label key={field}>
          {words.fields[field]}
          <input
            value={person[field]}
            required={field !== "secondSurname"}
            maxLength={LONGEST_NAME}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => change({ [field]: target.value })}
          />
        </label>
      ))}
      <label>
        {words.fields.bornOn}
        <input type="date" required value={person.bornOn} onChange={({ target }) => change({ bornOn: target.value })} />
      </label>
      <label>
        {words.fields.bornIn}
        <select value={person.bornIn} required onChange={({ target }) => change({ bornIn: target.value })}>
          <option value="" />
          {Object.entries(BIRTH_PLACES).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.fields.sex}
        <select value={person.sex} onChange={({ target }) => change({ sex: target.value })}>
          {SEXES.map((sex) => (
            <option key={sex} value={sex}>
              {words.sexes[sex]}
            </option>
          ))}
        </select>
      </label>
      {isChild(person, on) && (
        <label>
          {words.fields.parents}
          <select value={person.parents} onChange={({ target }) => change({ parents: Number(target.value) })}>
            <option value={1}>1</option>
            <option value={2}>2</option>
          </select>
        </label>
      )}
    </>
  );
}
