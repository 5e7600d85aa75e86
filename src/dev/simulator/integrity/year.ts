import { DAY_MS } from "#kernel/time.ts";
import {
  budgetLeft,
  clustersOf,
  EntryTable,
  isControl,
  nextSanction,
  OBSERVED_DAYS,
  type Level,
  type ScoreTerm,
} from "#modules/integrity/index.ts";
import { chanceFrom, partSeed } from "../chance.ts";
import { bookingsOf, isSeller, knownAt, startOf, type Booked, type World } from "./people.ts";
import * as p from "./parameters.ts";

/** What became of a booking with the rules that ship. */
export interface Fate {
  readonly one: Booked;
  /** The highest level that its group ever had while it was to come. */
  level: Level;
  terms: readonly ScoreTerm[];
  points: number;
  asked: "score" | "control" | undefined;
  ended: "validated" | "unreachable" | "refuted" | undefined;
  appeal: "won" | "upheld" | undefined;
  /** Its contact was closed: it was never made. */
  refused: boolean;
}

export interface Year {
  readonly fates: readonly Fate[];
  /** Asked about for their score, of each office and week. */
  readonly queued: readonly number[];
  readonly weeks: number;
}

const ORDER: readonly Level[] = ["green", "yellow", "orange", "red"];

/** A year, looked at once a week: groups, levels, what each office's week allows, answers, sanctions, appeals. */
export function yearOf(world: World, seed: number): Year {
  const chance = chanceFrom(partSeed(seed, 2));
  const fates = bookingsOf(world, chanceFrom(partSeed(seed, 1)))
    .sort((a, b) => a.bookedAt - b.bookedAt)
    .map((one): Fate => ({ one, level: "green", terms: [], points: 0, asked: undefined, ended: undefined, appeal: undefined, refused: false })); // prettier-ignore
  const byId = new Map(fates.map((fate) => [fate.one.bookingId, fate]));
  const closed = new Map<string, { until: number; before: number }>();
  const queued: number[] = [];
  for (let week = 1; week <= world.weeks; week++) {
    const now = startOf(week);
    const fresh = fates.filter(({ one }) => one.bookedAt < now && one.bookedAt >= startOf(week - 1));
    for (const fate of fresh) fate.refused = (closed.get(fate.one.contactId)?.until ?? 0) > fate.one.bookedAt;
    score(now);
    const flagged = fates.filter((fate) => isOpen(fate, now) && (fate.level === "orange" || fate.level === "red"));
    for (let office = 0; office < world.offices; office++) {
      const own = (fate: Fate) => fate.one.officeId === `office${office}` && !fate.refused;
      const most = budgetLeft({ bookings: fresh.filter(own).length, queued: 0 });
      const asked = flagged.filter(own).sort((a, b) => b.points - a.points || a.one.startsAt - b.one.startsAt);
      queued.push(Math.min(most, asked.length));
      for (const fate of asked.slice(0, most)) ask(fate, "score", now);
    }
    for (const fate of fresh) if (isOpen(fate, now) && isControl(fate.one.bookingId)) ask(fate, "control", now);
  }
  return { fates, queued, weeks: world.weeks };

  function isOpen({ one, asked, refused }: Fate, now: number): boolean {
    return asked === undefined && !refused && one.startsAt > now && (one.cancelledAt === null || one.cancelledAt > now);
  }

  function score(now: number): void {
    const table = new EntryTable();
    for (const { one, refused } of fates)
      if (!refused && one.bookedAt < now && one.bookedAt >= now - OBSERVED_DAYS * DAY_MS) table.push(knownAt(one, now));
    for (const { members, score: found, level } of clustersOf(table))
      for (const member of members) {
        const fate = byId.get(table.bookingIds[member]!)!;
        if (!isOpen(fate, now) || ORDER.indexOf(level) < ORDER.indexOf(fate.level)) continue;
        Object.assign(fate, { level, terms: found.terms, points: found.points });
      }
  }

  function ask(fate: Fate, why: "score" | "control", now: number): void {
    const seller = isSeller(fate.one.group);
    const answers = !seller ? p.ANSWERS.honest : fate.one.group === "sim_farm" ? p.ANSWERS.sims : p.ANSWERS.contact;
    const luck = chance.next();
    fate.asked = why;
    fate.ended = luck < answers.mine ? "validated" : luck < answers.mine + answers.refuted ? "refuted" : "unreachable";
    if (fate.ended === "validated") return;
    const { asks, wins } = seller ? p.APPEALS.seller : p.APPEALS.honest;
    if (chance.happens(asks)) fate.appeal = chance.happens(wins) ? "won" : "upheld";
    if (fate.ended !== "refuted" || fate.appeal === "won") return;
    const before = closed.get(fate.one.contactId)?.before ?? 0;
    const { until } = nextSanction(before, fate.level, new Date(now));
    closed.set(fate.one.contactId, { until: until?.getTime() ?? 0, before: before + 1 });
  }
}
