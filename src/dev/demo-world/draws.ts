import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, ageOn, weekdayOf } from "#kernel/time.ts";
import { nextDrawOf, openNextDraw, type Draw, type RequestId, type Wish } from "#modules/allocation/index.ts";
import { needsOf, requestPlaces, type ApplicantRequest } from "#modules/booking/index.ts";
import { getNetwork, type Network } from "#modules/offices/index.ts";
import { setRelease, type Band } from "#modules/schedules/index.ts";
import { contextFor, systemContext, type Context, type Services } from "#platform/context.ts";
import type { ContactId } from "#kernel/ids.ts";
import { newId } from "#platform/random.ts";
import { silence } from "./book-parties.ts";
import { COUNTED_GROUP } from "./calendar.ts";
import { makeContacts } from "./contacts.ts";
import { diceOf, type Dice } from "./dice.ts";
import { aParty } from "./people.ts";

/** The two big offices of the demo world that draw their places for documents; all others give theirs at once. */
export const DRAW_OFFICES = ["los-angeles", "chicago"] as OfficeId[];
const HOUSEHOLDS = 240;
/** Filed side by side: each waits for its own signature. */
const LANES = 8;
const SATURDAY = 6;
const ALL_DAY: readonly Band[] = ["morning", "midday", "afternoon"];
/** Share of the households with an address, who get real messages in the outbox; the others have paper cards. */
const WITH_ADDRESS = 0.1;
const AUTO_CONFIRM = 0.7;
/** Days of a draw, and a week to spare. */
const DRAWN_DAYS = 6 * 7;
/** Parties made up until one needs documents alone. */
const MOST_TRIES = 50;

/** Turns the two offices to draws, from the first day of a draw that is not open yet, and opens the first demonstration. */
export async function turnToDraws(services: Services): Promise<number> {
  const ctx = systemContext(services, "demo_world");
  for (const officeId of DRAW_OFFICES)
    await setRelease(ctx, {
      officeId,
      serviceGroup: COUNTED_GROUP,
      regime: "draw",
      drawsFrom: nextDrawOf(ctx.now).horizonFrom,
      demand: null,
      decidedAt: ctx.now,
      decidedBy: "demo",
    });
  await openNextDraw(ctx, "demo");
  return DRAW_OFFICES.length;
}

/** A household that asked for places, and whose it is. */
export interface DemoHousehold {
  readonly ctx: Context;
  readonly contactId: ContactId;
  readonly requestId: RequestId;
  /** Whether it said at filing that it need not be asked again. */
  readonly autoConfirm: boolean;
}

/**
 * Files requests of invented households by the command that everybody uses. More of them want the first Saturdays than
 * there are places, as people who work all week do. Gives those that were taken.
 */
export async function fileRequests(
  services: Services,
  draw: Pick<Draw, "horizonFrom">,
  seed: string,
  count = HOUSEHOLDS,
  withAddress = WITH_ADDRESS,
): Promise<DemoHousehold[]> {
  const dice = diceOf(`draw ${seed}`);
  const network = await getNetwork(services);
  const contacts = await makeContacts(services, dice, count, withAddress);
  const from = addDays(draw.horizonFrom, 7);
  const wanted = contacts.map((contactId) => ({
    contactId,
    applicants: documentsParty(dice, network, from),
    wish: aWish(dice, from),
    autoConfirm: dice.chance(AUTO_CONFIRM),
    ctx: citizen(services, contactId, dice),
  }));
  const filed: DemoHousehold[] = [];
  const lane = async (): Promise<void> => {
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      const { ctx, ...request } = next;
      const outcome = await requestPlaces(ctx, request);
      if (!outcome.ok) continue;
      const { contactId, autoConfirm } = request;
      filed.push({ ctx, contactId, requestId: outcome.value.requestId, autoConfirm });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  // Their promise is on their page; hundreds of messages that say so would hide the newcomer's own.
  await silence(
    services,
    filed.map((one) => one.requestId),
  );
  return filed;
}

/** Two in three want one of the first Saturdays, some the first mornings, the rest takes any day. */
function aWish(dice: Dice, from: LocalDate): Wish {
  const [first, other] = dice.chance(0.6) ? DRAW_OFFICES : [...DRAW_OFFICES].reverse();
  const offices = dice.chance(0.8) ? [first!] : [first!, other!];
  const saturday = addDays(from, SATURDAY - weekdayOf(from));
  const kind = dice.weighted([
    [65, "saturday"],
    [20, "mornings"],
    [15, "any"],
  ] as const);
  const days =
    kind === "saturday"
      ? { weekdays: [SATURDAY], bands: ALL_DAY, from, to: addDays(saturday, dice.chance(0.5) ? 0 : 7) }
      : kind === "mornings"
        ? { weekdays: [1, 2, 3, 4, 5], bands: ["morning"] as Band[], from, to: addDays(from, 6) }
        : { weekdays: [1, 2, 3, 4, 5, SATURDAY], bands: ALL_DAY, from, to: null };
  return { offices, ...days, first: dice.chance(0.5) ? "day" : "office", orElse: [] };
}

/**
 * People who need nothing but documents: the other services of these offices are not drawn. Nobody whose parent signs
 * elsewhere: within the five weeks of a draw such a permission may grow too old. Nobody with a birthday in these weeks
 * either: on some of the days a child would need the passport of another age.
 */
function documentsParty(dice: Dice, network: Network, on: LocalDate): ApplicantRequest[] {
  for (let i = 0; i < MOST_TRIES; i += 1) {
    const party = aParty(dice, on);
    const needs = needsOf(party, (slug) => network.serviceBySlug.get(slug));
    const signsElsewhere = party.some(({ parents }) => parents.some(({ part }) => part === "signs_elsewhere"));
    const growsOlder = party.some(
      ({ bornOn }) => ageOn(bornOn, addDays(on, -7)) !== ageOn(bornOn, addDays(on, DRAWN_DAYS)),
    );
    if (!signsElsewhere && !growsOlder && needs.every(({ group }) => group === COUNTED_GROUP)) return party;
  }
  throw new Error("nobody of the demo world needs documents alone");
}

function citizen(services: Services, contactId: ContactId, dice: Dice): Context {
  return contextFor(services, {
    actor: { kind: "citizen", sessionId: newId(), contactId },
    channel: dice.weighted([
      [70, "web"],
      [20, "phone"],
      [10, "counter"],
    ]),
    purpose: "booking",
    requestId: newId(),
    language: "es",
  });
}
