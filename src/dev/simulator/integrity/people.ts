import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { Entry } from "#modules/integrity/index.ts";
import type { Chance } from "../chance.ts";
import * as p from "./parameters.ts";

/** A booking with what only a simulation knows of it. */
export interface Booked extends Entry {
  readonly group: p.Group;
  /** Who is behind it: one family, one seller, one library. */
  readonly actor: string;
  /** When its contact's advert was confirmed; `resale` holds from then on. */
  readonly advertAt: number | null;
}

export interface World {
  readonly weeks: number;
  readonly offices: number;
  readonly swaps: number;
  /** Share of a seller's clients who were filed twice. */
  readonly duplicates: number;
}

const START = Date.UTC(2026, 0, 5);
const QUARTER_WEEKS = 13;
const SURNAMES = 900;

/** Everything that is booked in a year, in no order. */
export function bookingsOf({ weeks, offices, swaps, duplicates }: World, chance: Chance): Booked[] {
  const all: Booked[] = [];
  let made = 0;
  const next = () => (made += 1);
  const hex = (): string => Array.from({ length: 8 }, () => chance.below(16).toString(16)).join("");

  for (let office = 0; office < offices; office++) {
    for (let week = 0; week < weeks; week++) for (let n = 0; n < p.FAMILIES_A_WEEK; n++) family(office, week);
    for (const group of Object.keys(p.CROWDS) as (keyof typeof p.CROWDS)[])
      for (let actor = 0; actor < p.CROWDS[group].actors; actor++) crowd(group, office);
  }
  return all;

  function family(office: number, week: number): void {
    const surname = chance.below(SURNAMES);
    const size = 1 + chance.below(4);
    const name = `f${next()}`;
    const poisoned = chance.happens(p.POISONED);
    const one = book("family", name, office, timeIn(week), {
      contactId: name,
      persons: Array.from({ length: size }, next),
      surnames: Array.from({ length: size }, () => surname),
      advertAt: poisoned ? START + week * p.WEEK_MS : null,
    });
    // Mother, father and grandmother go on three days.
    if (size > 2 && chance.happens(0.3))
      book("family", name, office, one.bookedAt + 5 * MINUTE_MS, {
        contactId: name,
        deviceId: one.deviceId,
        persons: [next()],
        surnames: [surname],
      });
  }

  /** Everybody whom one helper, seller or place books for, quarter by quarter. */
  function crowd(group: Exclude<p.Group, "family">, home: number): void {
    const { least, most } = p.CROWDS[group];
    const actor = `${group}${next()}`;
    const phones = Array.from({ length: 3 }, (_, i) => `${actor}-phone${i}`);
    const advertAt =
      group === "adverts" && chance.happens(p.ADVERTS.matched)
        ? START + (p.ADVERTS.weeks + chance.below(10)) * p.WEEK_MS
        : null;
    for (let quarter = 0; quarter * QUARTER_WEEKS < weeks; quarter++) {
      const people = least + chance.below(most - least + 1);
      for (let n = 0; n < people; n++) {
        const week = quarter * QUARTER_WEEKS + chance.below(Math.min(QUARTER_WEEKS, weeks - quarter * QUARTER_WEEKS));
        client(group, { actor, phones, home, week, n, advertAt });
      }
    }
  }

  function client(
    group: Exclude<p.Group, "family">,
    {
      actor,
      phones,
      home,
      week,
      n,
      advertAt,
    }: { actor: string; phones: string[]; home: number; week: number; n: number; advertAt: number | null },
  ): void {
    const own = `c${next()}`;
    const seller = isSeller(group);
    // Sellers and some helpers send people to whichever office has a place.
    const office = seller || (group === "helper" && chance.happens(0.3)) ? chance.below(offices) : home;
    const at = timeIn(week);
    const shared: Readonly<Record<typeof group, Partial<Booked>>> = {
      neighbour: { contactId: phones[0]!, deviceId: `${actor}-device` },
      shared_phone: { contactId: phones[0]!, deviceId: chance.happens(0.5) ? `${actor}-device` : `${own}-device` },
      shared_network: { contactId: own, deviceId: `${own}-device` },
      library: { contactId: own, deviceId: `${actor}-device`, contactKind: chance.happens(0.6) ? "email" : "sms" },
      helper: { contactId: chance.happens(0.6) ? phones[0]! : own, deviceId: `${actor}-device` },
      registered: { contactId: chance.happens(0.6) ? phones[0]! : own, deviceId: `${actor}-device`, helperId: actor },
      one_device: { contactId: phones[n % 3]!, deviceId: `${actor}-device` },
      sim_farm: { contactId: own, deviceId: `${actor}-device`, freshContact: true },
      swaps: { contactId: phones[n % 3]!, deviceId: `${actor}-device` },
      adverts: { contactId: phones[n % 2]!, deviceId: `${actor}-device`, advertAt },
      // Each client's own telephone, a new window each time: nothing is shared.
      concierge: { contactId: own, deviceId: `${own}-device` },
    };
    const one = book(group, actor, office, at, {
      ...shared[group],
      ...(seller && group !== "concierge" && chance.happens(0.3) ? { bookedAt: burstAt(at) } : {}),
    });
    if (group === "swaps" && chance.happens(p.CANCELLED + swaps)) {
      const cancelledAt = one.bookedAt + 2 * DAY_MS;
      Object.assign(one, { cancelledAt, ended: null });
      if (cancelledAt < one.startsAt && chance.happens(swaps / (p.CANCELLED + swaps)))
        book(group, actor, office, cancelledAt + 3 * MINUTE_MS, { ...shared.swaps, startsAt: one.startsAt });
    }
  }

  function book(group: p.Group, actor: string, office: number, bookedAt: number, change: Partial<Booked>): Booked {
    const seller = isSeller(group);
    const person = next();
    const lead = p.LEAD_DAYS.least + chance.below(p.LEAD_DAYS.most - p.LEAD_DAYS.least);
    const at = change.bookedAt ?? bookedAt;
    const startsAt =
      change.startsAt ?? START + (Math.floor((at - START) / DAY_MS) + lead) * DAY_MS + (16 + chance.below(6)) * HOUR_MS;
    const gone = chance.happens(p.CANCELLED) && group !== "swaps";
    const missed = chance.happens(seller ? p.MISSED.seller : p.MISSED.honest);
    const one: Booked = {
      bookingId: `${hex()}-${person}`,
      officeId: `office${office}`,
      contactId: `x${person}`,
      contactKind: "sms",
      deviceId: `d${person}`,
      persons: [person],
      surnames: [chance.below(SURNAMES)],
      cancelledAt: gone ? at + DAY_MS * (1 + chance.below(lead)) : null,
      ended: gone ? null : missed ? "missed" : "served",
      freshContact: chance.happens(p.FRESH.honest),
      assisted: false,
      helperId: null,
      duplicateBits: chance.happens(seller ? duplicates : p.DUPLICATES.honest) ? 7 : 0,
      resale: false,
      group,
      actor,
      advertAt: null,
      ...change,
      bookedAt: at,
      startsAt,
    };
    all.push(one);
    return one;
  }

  function timeIn(week: number): number {
    return START + week * p.WEEK_MS + chance.next() * p.WEEK_MS;
  }

  /** Sellers book in runs, when places come back. */
  function burstAt(at: number): number {
    const tick = Math.floor(at / DAY_MS) * DAY_MS + 16 * HOUR_MS;
    return tick + chance.next() * 10 * MINUTE_MS;
  }
}

export function isSeller(group: p.Group): group is p.SellerGroup {
  return (p.SELLERS as readonly string[]).includes(group);
}

/** What the service knows of a booking at an instant: nothing of what is still to come. */
export function knownAt(one: Booked, now: number): Entry {
  const cancelled = one.cancelledAt !== null && one.cancelledAt <= now;
  return {
    ...one,
    cancelledAt: cancelled ? one.cancelledAt : null,
    ended: one.startsAt < now ? one.ended : null,
    resale: one.advertAt !== null && one.advertAt <= now,
  };
}

export const startOf = (week: number): number => START + week * p.WEEK_MS;
