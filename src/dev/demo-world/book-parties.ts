import type { ContactId } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { book, type BookRequest } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { contextFor, type Channel, type Context, type Services } from "#platform/context.ts";
import { isDatabaseError } from "#platform/db/index.ts";
import { newId } from "#platform/random.ts";
import { makeContacts } from "./contacts.ts";
import type { Dice } from "./dice.ts";
import { answersOf } from "./people.ts";
import type { PlannedParty } from "./plan.ts";

/** SQLSTATE of a lock that did not come in time. */
const LOCK_TIMEOUT = "55P03";
/** The last hour before its visit at which a party of the demo world booked. */
const LATEST_HOURS = 2;
const EARLIEST_DAYS = 12;
const CHANNELS: readonly (readonly [number, Channel])[] = [
  [70, "web"],
  [15, "whatsapp"],
  [9, "phone"],
  [4, "counter"],
  [2, "api"],
];

/** Books each party by the command that everybody uses, as if on an earlier day. Returns how many found their places. */
export async function bookParties(
  services: Services,
  dice: Dice,
  parties: readonly PlannedParty[],
  contactOf?: ContactId,
): Promise<number> {
  const now = services.clock.now();
  const { checklist } = await getNetwork(services);
  const contacts =
    contactOf === undefined ? await makeContacts(services, dice, parties.length, now) : parties.map(() => contactOf);
  const wanted = parties.map((party, i) => ({
    ctx: citizen(
      services,
      contacts[i]!,
      dice,
      new Date(
        Math.min(now.getTime(), party.startsAt.getTime() - LATEST_HOURS * HOUR_MS) -
          Math.floor(dice.roll() * EARLIEST_DAYS * DAY_MS),
      ),
    ),
    request: {
      contactId: contacts[i]!,
      applicants: party.applicants,
      checklist: answersOf(dice, party.applicants, checklist),
      wanted: { officeId: party.officeId, localDate: party.localDate, startsAt: party.startsAt },
    },
  }));
  let booked = 0;
  for (const wave of waves(wanted, ({ request }) => `${request.wanted.officeId} ${request.wanted.localDate}`)) {
    const outcomes = await Promise.all(wave.map(({ ctx, request }) => bookOne(ctx, request)));
    booked += outcomes.filter((outcome) => outcome.ok).length;
  }
  return booked;
}

/** Puts no two of one day of an office into one wave: they would only wait for each other's places. */
function waves<One>(all: readonly One[], dayOf: (one: One) => string): One[][] {
  const seen = new Map<string, number>();
  const list: One[][] = [];
  for (const one of all) {
    const day = dayOf(one);
    const wave = seen.get(day) ?? 0;
    seen.set(day, wave + 1);
    (list[wave] ??= []).push(one);
  }
  return list;
}

/** A newcomer may be booking the same places at this moment, on a busy computer. */
async function bookOne(ctx: Context, request: BookRequest): ReturnType<typeof book> {
  try {
    return await book(ctx, request);
  } catch (error) {
    if (!isDatabaseError(error) || error.code !== LOCK_TIMEOUT) throw error;
    return book(ctx, request);
  }
}

function citizen(services: Services, contactId: ContactId, dice: Dice, now: Date): Context {
  const ctx = contextFor(services, {
    actor: { kind: "citizen", sessionId: newId(), contactId },
    channel: dice.weighted(CHANNELS),
    purpose: "booking",
    requestId: newId(),
    language: dice.chance(0.85) ? "es" : "en",
  });
  return { ...ctx, now };
}
