import { z } from "zod";
import { hasForbiddenCharacters } from "#kernel/text.ts";
import { ageOn } from "#kernel/time.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { BIRTH_STATES, curpDiffers, nameText, parseCurp, requiredName } from "#modules/booking/index.ts";
import type { JourneyError } from "../texts/journey.ts";
import type { DraftPerson } from "../visit/draft.ts";
import { check, dateOf, typedDate, typedOf, type Checked, type TypedDate } from "../visit/forms.ts";

/** Name of the three boxes of the birth date. */
export const BIRTH = "nacio";
/** Name of the box in which she says that her data are right although her CURP says otherwise. */
export const SURE = "seguro";
/** Longer than anybody has lived: a slip in the year. */
const OLDEST_YEARS = 125;
const NAME_LENGTH = 80;

export interface TypedPerson {
  readonly nombre: string;
  readonly apellido1: string;
  readonly apellido2: string;
  readonly otro: string;
  readonly nacio: TypedDate;
  readonly lugar: string;
  readonly sexo: string;
  readonly curp: string;
  /** "si": the CURP says otherwise, and she says that all is as on her papers. */
  readonly seguro: string;
}

const TEXTS = ["nombre", "apellido1", "apellido2", "otro", "lugar", "sexo", "curp", "seguro"] as const;

export function typedPerson(body: unknown): TypedPerson {
  return { ...typedOf(body, TEXTS), nacio: typedDate(body, BIRTH) };
}

const problem = (key: JourneyError): string => key;

/** A name as the booking takes it, with the reason told apart when it does not. */
const name = (missing?: JourneyError) =>
  z.string().transform((text, ctx) => {
    const wrong =
      text === "" && missing
        ? missing
        : text.length > NAME_LENGTH
          ? "name_long"
          : hasForbiddenCharacters(text) || !(missing ? requiredName : nameText).safeParse(text).success
            ? "name_characters"
            : undefined;
    if (wrong) ctx.addIssue({ code: "custom", message: wrong });
    return wrong ? z.NEVER : nameText.parse(text);
  });

const shape = z.object({
  nombre: name("given_missing"),
  apellido1: name("surname_missing"),
  apellido2: name(),
  otro: name(),
  lugar: z.enum(BIRTH_STATES, { error: problem("born_in_missing") }),
  sexo: z.enum(["H", "M", "X"], { error: problem("sex_missing") }),
  curp: z
    .string()
    .refine((text) => text === "" || parseCurp(text) !== undefined, problem("curp_wrong"))
    .transform((text) => parseCurp(text)?.curp ?? ""),
});

/** Order in which problems are told: that of the boxes. */
const ORDER = ["nombre", "apellido1", "apellido2", "otro", BIRTH, "lugar", "sexo", "curp"];

export function checkPerson(
  typed: TypedPerson,
  today: LocalDate,
): Checked<NonNullable<DraftPerson["details"]>, JourneyError> {
  const texts = check<JourneyError, z.output<typeof shape>>(shape, typed);
  const born = birthOf(typed.nacio, today);
  const problems = [
    ...(texts.ok ? [] : texts.problems),
    ...("problem" in born ? [{ field: BIRTH, key: born.problem, wrong: born.wrong }] : []),
  ];
  if (!texts.ok || "problem" in born)
    return { ok: false, problems: [...problems].sort((a, b) => ORDER.indexOf(a.field) - ORDER.indexOf(b.field)) };

  const { nombre, apellido1, apellido2, otro, lugar, sexo, curp } = texts.value;
  const value = {
    givenNames: nombre,
    firstSurname: apellido1,
    secondSurname: apellido2,
    otherName: otro,
    bornOn: born.date,
    bornIn: lugar,
    sex: sexo,
    curp,
  };
  // Asked once and never refused: a CURP may still say what the acta said before.
  const [differs] = curpDiffers(value);
  if (differs && typed.seguro !== "si") return { ok: false, problems: [{ field: SURE, key: `curp_other_${differs}` }] };
  return { ok: true, value };
}

function birthOf(
  typed: TypedDate,
  today: LocalDate,
): ReturnType<typeof dateOf> | { readonly problem: "date_future" | "date_old"; readonly wrong: readonly ["year"] } {
  const found = dateOf(typed);
  if ("problem" in found) return found;
  if (found.date > today) return { problem: "date_future", wrong: ["year"] };
  if (ageOn(found.date, today) > OLDEST_YEARS) return { problem: "date_old", wrong: ["year"] };
  return found;
}
