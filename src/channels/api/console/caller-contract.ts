import { z } from "zod";
import { CALL_REASONS, localDate } from "#modules/booking/index.ts";

/** Whom an agent has on the line (callers.routes.ts). Instants are UTC; nothing is found by a name. */
const LONGEST_TYPED = 200;
const MOST_OF_A_DAY = 8;

/** POST /callers/code: as at a desk, to the telephone or mailbox of whoever calls. */
export {
  deskCode as callerCode,
  deskCodeBody as callerCodeBody,
  type DeskCode as CallerCode,
} from "./walk-in-contract.ts";

/** POST /callers/open. `allowed`: she said that her file may be opened; without that it is not. `nth`: which of twins, from 1. */
export const callerBody = z.strictObject({
  by: z.union([
    z.strictObject({ folio: z.string().max(40) }),
    z.strictObject({ phone: z.string().max(40) }),
    z.strictObject({ token: z.string().max(LONGEST_TYPED), code: z.string().max(20) }),
  ]),
  bornOn: localDate.meta({ example: "1990-05-17" }),
  nth: z.int().min(1).max(MOST_OF_A_DAY).default(1),
  reason: z.enum(CALL_REASONS),
  allowed: z.literal(true),
});

export const callerFile = z.object({
  person: z.object({
    givenNames: z.string(),
    firstSurname: z.string(),
    secondSurname: z.string(),
    bornOn: z.string(),
  }),
  bornThen: z.number(),
  bookings: z.array(
    z.object({
      id: z.string(),
      officeId: z.string(),
      zone: z.string(),
      localDate: z.string(),
      startsAt: z.string(),
      services: z.array(z.string()),
      people: z.number(),
      displaced: z.boolean(),
    }),
  ),
  requests: z.array(
    z.object({
      id: z.string(),
      state: z.enum(["standing", "offered"]),
      offices: z.array(z.string()),
      services: z.array(z.string()),
      people: z.number(),
    }),
  ),
});
export type CallerFileView = z.infer<typeof callerFile>;
