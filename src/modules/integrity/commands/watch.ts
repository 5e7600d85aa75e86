import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { addDays, DAY_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import type { StoredEvent } from "#platform/outbox.ts";
import { countActs, countDays, listGiven } from "../queries/agents.ts";
import { randomBytes } from "#platform/random.ts";
import { chanceFrom, concentrated, cusum, CUSUM_ALARM, FEWEST_PEERS, SURE, surpasses } from "../rules/agents.ts";
import { deleteAlarmsBefore, saveAlarms, saveHoneyLooks, type FoundAlarm } from "../store/agents.ts";

/** Days that are compared, and after which an alarm that did not come back is deleted. Our own number: four weeks of shifts. */
export const WATCHED_DAYS = 28;

interface Act {
  readonly staffId: StaffId;
  readonly officeId: OfficeId;
  readonly count: number;
  readonly of: number;
}

/**
 * Each night: what of the last four weeks stands out of what the peers did. Peers are those of the same office where there
 * are enough, else of the network. Returns how many alarms stand; who gives none is written down nowhere.
 */
export async function watchAgents(ctx: Context): Promise<number> {
  const since = new Date(ctx.now.getTime() - WATCHED_DAYS * DAY_MS);
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const { acts, days, given } = await transaction(ctx, "worker", async (tx) => ({
    acts: await countActs(tx, since),
    days: await countDays(tx, since),
    given: await listGiven(tx, since),
  }));
  const alarms = [
    ...(["attested", "other_names", "braked"] as const).flatMap((sign) => {
      const own = acts.filter((one) => one.sign === sign);
      return own.flatMap((one): FoundAlarm[] => {
        const peers = peersOf(one, own);
        return surpasses(one, peers) > SURE ? [alarmOf(one, sign, peers)] : [];
      });
    }),
    ...risingOf(
      acts.filter((one) => one.sign === "attested"),
      days,
    ),
    ...oneSellerOf(given),
  ];
  await transaction(ctx, "worker", async (tx) => {
    await saveAlarms(tx, alarms, today);
    await deleteAlarmsBefore(tx, addDays(today, -WATCHED_DAYS));
  });
  return alarms.length;
}

/** Somebody opened a file that nobody has a reason to open. It says nothing to her, and waits for no night. */
export async function noteHoney(tx: Tx, events: readonly Pick<StoredEvent, "detail" | "at">[]): Promise<void> {
  await saveHoneyLooks(
    tx,
    events.map(({ detail, at }) => ({
      staffId: detail!["staffId"] as StaffId,
      on: at.toISOString().slice(0, 10) as LocalDate,
    })),
  );
}

function peersOf<One extends { staffId: StaffId; officeId: OfficeId }>(one: One, all: readonly One[]): One[] {
  const others = all.filter((other) => other.staffId !== one.staffId);
  const near = others.filter((other) => other.officeId === one.officeId);
  return near.length >= FEWEST_PEERS ? near : others;
}

function risingOf(
  acts: readonly Act[],
  days: readonly { readonly staffId: StaffId; readonly officeId: OfficeId; readonly count: number }[],
): FoundAlarm[] {
  return acts.flatMap((one): FoundAlarm[] => {
    const peers = peersOf(one, acts);
    const ids = new Set(peers.map((peer) => peer.staffId));
    const theirs = days.filter((day) => ids.has(day.staffId)).map((day) => day.count);
    if (peers.length < FEWEST_PEERS || theirs.length === 0) return [];
    const mean = theirs.reduce((all, day) => all + day, 0) / theirs.length;
    const deviation = Math.sqrt(theirs.reduce((all, day) => all + (day - mean) ** 2, 0) / theirs.length);
    const own = days.filter((day) => day.staffId === one.staffId).map((day) => day.count);
    return cusum(own, mean, deviation) >= CUSUM_ALARM ? [alarmOf(one, "attested_rising", peers)] : [];
  });
}

/** Dealt within an office: contacts live near it. */
function oneSellerOf(
  given: readonly { readonly staffId: StaffId; readonly officeId: OfficeId; readonly contact: string }[],
): FoundAlarm[] {
  return [...new Set(given.map((one) => one.officeId))].flatMap((officeId) => {
    const here = given.filter((one) => one.officeId === officeId);
    const named = concentrated(
      here.map(({ staffId, contact }) => ({ agent: staffId, contact })),
      chanceFrom(randomBytes(4).readInt32BE()),
    );
    return named.map((staffId): FoundAlarm => {
      const own = here.filter((one) => one.staffId === staffId);
      const others = here.filter((one) => one.staffId !== staffId);
      const distinct = (some: typeof here) => new Set(some.map((one) => one.contact)).size;
      return {
        staffId: staffId as StaffId,
        sign: "one_seller",
        count: distinct(own),
        of: own.length,
        peersCount: distinct(others),
        peersOf: others.length,
      };
    });
  });
}

function alarmOf(one: Act, sign: FoundAlarm["sign"], peers: readonly Act[]): FoundAlarm {
  const { staffId, count, of } = one;
  const sum = (pick: (peer: Act) => number) => peers.reduce((all, peer) => all + pick(peer), 0);
  return { staffId, sign, count, of, peersCount: sum((peer) => peer.count), peersOf: sum((peer) => peer.of) };
}
