import type { OfficeId } from "#kernel/ids.ts";
import { getNetwork, officesWithin, type Network } from "#modules/offices/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import {
  isBroad,
  lossesOf,
  offeredCell,
  tierWithCredit,
  type OfferedCell,
  type PastDraw,
} from "../rules/loss-credit.ts";
import { MOST_OFFICES } from "../rules/wishes.ts";
import { listDocuments } from "../store/draws.ts";
import { listOffered, listPastAnswers, listWishTexts, type PastAnswer } from "../store/loss-credit.ts";
import type { ToEnter } from "../store/requests.ts";
import type { Answer, Draw, DrawId, Opening, Option, Policy, RequestId, Tier } from "../types.ts";

/**
 * A place was offered, whatever was said to it. An office that took it back again has offered none; one that was offered
 * for a day or two ahead, and perhaps never read, takes nothing away either.
 */
const OFFERS: readonly Answer[] = ["offered", "accepted", "declined"];

/** What never changes of past draws; some stay in memory, the oldest look goes first. */
const KEPT_DRAWS = 16;
/** By service group and office, with a space between them. */
type Offered = ReadonlyMap<string, readonly OfferedCell[]>;
const offeredIn = new Map<DrawId, Offered>();
const policies = new Map<DrawId, Policy>();

/**
 * The tiers of requests whose people have lost so often that they go before others this time (fairness.md 4.1.6).
 * Empty unless the draw's own opening notice promised it: then nothing is asked.
 */
export async function tiersWithCredit(
  ctx: Context,
  tx: Tx,
  draw: Pick<Draw, "id">,
  requests: readonly Pick<ToEnter, "id" | "tier" | "people">[],
): Promise<Map<RequestId, Tier>> {
  const policy = await kept(policies, draw.id, async () => {
    const [opening] = await listDocuments(tx, draw.id, ["opening"]);
    return (JSON.parse(opening!.line) as { body: Opening }).body.policy;
  });
  const ordinary = requests.filter(({ tier }) => tier === 3);
  if (!policy.lossCredit.enabled || ordinary.length === 0) return new Map();
  const answers = await listPastAnswers(
    tx,
    ordinary.map(({ id }) => id),
  );
  const of = grouped(answers, ({ requestId }) => requestId);
  const readers = await readersOf(ctx, tx, answers, policy);
  return new Map(
    ordinary.flatMap(({ id, tier, people }) => {
      const byPerson = grouped(of.get(id) ?? [], ({ ordinal }) => ordinal);
      const losses = Array.from({ length: people }, (_, i) =>
        lossesOf(drawsOf(byPerson.get(i + 1) ?? [], readers), policy.lossCredit.losses),
      );
      const credited = tierWithCredit(tier, people, losses, policy);
      return credited === tier ? [] : [[id, credited] as const];
    }),
  );
}

type BroadIn = (one: PastAnswer) => boolean;

/** One person's draws, the latest first. One that is not over yet, and one in which her place could not be booked, say nothing. */
function drawsOf(answers: readonly PastAnswer[], broadIn: BroadIn): PastDraw[] {
  return [...grouped(answers, ({ drawId }) => drawId).values()].flatMap((rounds): PastDraw[] => {
    if (rounds.some(({ answer }) => OFFERS.includes(answer))) return [{ offered: true, broad: () => false }];
    const first = rounds.find(({ isFirst }) => isFirst);
    if (!first?.isOver || rounds.some(({ answer }) => answer !== "waiting")) return [];
    return [{ offered: false, broad: () => broadIn(first) }];
  });
}

/** Reads once what all these lists are measured against: the wishes, what each draw offered, and what is near. */
async function readersOf(ctx: Context, tx: Tx, answers: readonly PastAnswer[], policy: Policy): Promise<BroadIn> {
  const firsts = answers.filter(({ isFirst, isOver, answer }) => isFirst && isOver && answer === "waiting");
  const ids = [...new Set(firsts.flatMap(({ options }) => options))];
  const wishes = new Map((await listWishTexts(tx, ids)).map(({ id, text }) => [id, JSON.parse(text) as Option]));
  const draws = new Map<DrawId, Offered>();
  for (const id of new Set(firsts.map(({ drawId }) => drawId)))
    draws.set(id, await kept(offeredIn, id, () => readOffered(tx, id, policy)));
  const network = await getNetwork(ctx);
  // A million households wish for a few thousand different things.
  const answered = new Map<string, boolean>();
  return ({ drawId, options, groups }) => {
    const asked = [drawId, ...options, ...groups].join(" ");
    const before = answered.get(asked);
    if (before !== undefined) return before;
    const offered = draws.get(drawId);
    const at = (office: string): OfferedCell[] => groups.flatMap((group) => offered?.get(`${group} ${office}`) ?? []);
    const wished = options.map((id) => wishes.get(id)!);
    const broad = isBroad(wished, at, (office) => nearOf(network, office, (one) => at(one).length > 0, policy));
    answered.set(asked, broad);
    return broad;
  };
}

async function readOffered(tx: Tx, id: DrawId, { bands }: Policy): Promise<Offered> {
  const cells = grouped(await listOffered(tx, id), ({ group, office }) => `${group} ${office}`);
  return new Map(
    [...cells].map(([key, own]) => [key, own.map(({ date, band }) => offeredCell(date, bands.indexOf(band)))]),
  );
}

/** Of the offices that gave places the nearest within reach; no more than a wish can name. */
function nearOf(
  network: Network,
  office: string,
  gives: (office: string) => boolean,
  { lossCredit }: Policy,
): string[] {
  return officesWithin(network, office as OfficeId, lossCredit.reachKm ?? 0)
    .filter(gives)
    .slice(0, MOST_OFFICES);
}

async function kept<T>(known: Map<DrawId, T>, id: DrawId, read: () => Promise<T>): Promise<T> {
  const before = known.get(id);
  if (before !== undefined) return before;
  const found = await read();
  known.set(id, found);
  const [oldest] = known.keys();
  if (known.size > KEPT_DRAWS) known.delete(oldest!);
  return found;
}

/** Keeps the order of what it is given, within each group and of the groups. */
function grouped<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
