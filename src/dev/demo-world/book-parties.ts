import type { ContactId } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { book } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { contextFor, type Channel, type Context, type Services } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { makeContacts } from "./contacts.ts";
import type { Dice } from "./dice.ts";
import { answersOf } from "./people.ts";
import type { PlannedParty } from "./plan.ts";

/** Under way at once: the batches of the booking command then carry as many as they take. */
const AT_ONCE = 200;
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
  for (let i = 0; i < wanted.length; i += AT_ONCE) {
    const outcomes = await Promise.all(wanted.slice(i, i + AT_ONCE).map(({ ctx, request }) => book(ctx, request)));
    booked += outcomes.filter((outcome) => outcome.ok).length;
  }
  return booked;
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
