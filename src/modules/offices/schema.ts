import { z } from "zod";
import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import { WALL_TIME } from "#kernel/time.ts";
import { FACT_FIELDS, PAYMENT_MEANS, type FactField, type FactValues } from "./types.ts";

/** Characters: long enough for any real answer, short enough to print on an office page. */
const LONGEST_LINE = 160;
const LONGEST_TEXT = 600;

const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !hasForbiddenCharacters(text))
    .transform(tidy)
    .pipe(z.string().min(1));
const time = z.string().regex(WALL_TIME);
const weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine((days) => new Set(days).size === days.length);
const hours = z
  .array(z.strictObject({ weekdays, opens: time, closes: time }).refine(({ opens, closes }) => opens < closes))
  .max(7);
const phone = z.string().regex(/^\+[1-9]\d{0,2}([ -]?\d{2,4}){2,4}$/);
const bilingual = z.strictObject({ es: line(LONGEST_TEXT), en: line(LONGEST_TEXT) });

/** The shape of each field of the ficha, as staff may write it. */
export const factSchemas = {
  address: z.strictObject({
    street: line(LONGEST_LINE),
    city: line(LONGEST_LINE),
    state: z.string().regex(/^[A-Z]{2}$/),
    postalCode: z.string().regex(/^(\d{5}(-\d{4})?|[A-Z]\d[A-Z] \d[A-Z]\d)$/),
  }),
  phone,
  duty_line: phone,
  email: z.email().max(LONGEST_LINE),
  "hours:documentacion": hours,
  "hours:registro_civil": hours,
  "hours:fe_publica": hours,
  "hours:visas": hours,
  payment_means: z
    .array(z.enum(PAYMENT_MEANS))
    .min(1)
    .refine((means) => new Set(means).size === means.length),
  lunch_closing: z.union([
    z.literal("none"),
    z.strictObject({ from: time, to: time }).refine(({ from, to }) => from < to),
  ]),
  parking: bilingual,
  bus: bilingual,
  bring_in: bilingual,
} satisfies { [F in FactField]: z.ZodType<FactValues[F]> };

export function isFactField(field: string): field is FactField {
  return (FACT_FIELDS as readonly string[]).includes(field);
}
