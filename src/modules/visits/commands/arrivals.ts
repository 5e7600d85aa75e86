import { timingSafeEqual } from "node:crypto";
import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { agesOfParty } from "#modules/booking/index.ts";
import { can } from "#modules/people/index.ts";
import type { Context } from "#platform/context.ts";
import { takeOne } from "#platform/limits/index.ts";
import { HOUR_CODE_DIGITS, hourDigits, hourSeeds, MOST_PHONE_TRIES } from "../rules/hour-code.ts";
import { countTries, findTries } from "../store/door.ts";
import type { Device } from "../types.ts";
import { answer, atOffice, readShown, type DoorAnswer, type Shown } from "./admit.ts";

export type ArrivalRefusal =
  | { readonly code: "folio_mistyped" }
  | { readonly code: "too_many_asked" }
  | { readonly code: "wrong_hour_code" }
  | { readonly code: "too_many_tries" };

/** A party receives itself at a kiosk of the hall. Whoever is too early is told from when it may. */
export async function arriveAtKiosk(
  ctx: Context,
  kiosk: Device,
  input: { shown: Shown; stepFree: boolean },
): Promise<Outcome<DoorAnswer, ArrivalRefusal>> {
  const { officeId } = kiosk;
  if (!(await takeOne(ctx, "kiosk", kiosk.id)).ok) return refuse({ code: "too_many_asked" });
  const shown = await readShown(ctx, officeId, input.shown);
  if (!shown.ok) return shown;
  const told = await atOffice(ctx, officeId, (hall) => answer(ctx, hall, shown.value, "kiosk", input.stepFree));
  return accept(told);
}

/**
 * A party says with its own telephone that it is there; the code of the hour, which hangs at the door, says that it is.
 * The caller has made sure that the booking is the visitor's.
 */
export async function arriveByPhone(
  ctx: Context,
  input: { officeId: OfficeId; bookingId: BookingId; code: string; stepFree: boolean },
): Promise<Outcome<DoorAnswer, ArrivalRefusal>> {
  const { officeId, bookingId } = input;
  const [right, ages] = await Promise.all([
    isHourCode(ctx, officeId, input.code),
    agesOfParty(ctx, officeId, bookingId),
  ]);
  return atOffice(ctx, officeId, async (hall): Promise<Outcome<DoorAnswer, ArrivalRefusal>> => {
    const { tx, today } = hall;
    // Not even the right code helps whoever guessed too often; otherwise she would go on until it fits.
    if ((await findTries(tx, officeId, bookingId, today)) >= MOST_PHONE_TRIES)
      return refuse({ code: "too_many_tries" });
    if (!right) {
      const tries = await countTries(tx, officeId, bookingId, today);
      return refuse({ code: tries >= MOST_PHONE_TRIES ? "too_many_tries" : "wrong_hour_code" });
    }
    const asked = { bookingId, ages, verdict: "other_office" } as const;
    return accept(await answer(ctx, hall, asked, "phone", input.stepFree));
  });
}

/** The code that hangs at the door of an office in this hour. */
export async function hourCode(ctx: Pick<Context, "keyring" | "now">, officeId: OfficeId): Promise<string> {
  const [seed] = hourSeeds(officeId, ctx.now);
  const [digests] = await ctx.keyring.digest("code", [seed!]);
  return hourDigits(digests![0]!.digest);
}

/** The same for whoever stands at the door or works in the hall. */
export async function getHourCode(ctx: Context): Promise<Outcome<string, { readonly code: "not_allowed" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "admit", actor.officeId)) return refuse({ code: "not_allowed" });
  return accept(await hourCode(ctx, actor.officeId as OfficeId));
}

async function isHourCode(ctx: Context, officeId: OfficeId, typed: string): Promise<boolean> {
  const digits = typed.replace(/\D/g, "");
  if (digits.length !== HOUR_CODE_DIGITS) return false;
  const digests = await ctx.keyring.digest("code", hourSeeds(officeId, ctx.now));
  return digests
    .flat()
    .map((one) => timingSafeEqual(Buffer.from(hourDigits(one.digest)), Buffer.from(digits)))
    .includes(true);
}
