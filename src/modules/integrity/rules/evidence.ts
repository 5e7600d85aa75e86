import { MINUTE_MS } from "#kernel/time.ts";
import type { EntryOfTable } from "./entries.ts";
import { NO_EVIDENCE, type Evidence } from "./score.ts";

/** Within so many minutes entries count as one burst (fairness.md 4.4.4, B1). */
const BURST_MINUTES = 10;
/** Minutes in which somebody else has the hour that another gave back: nobody else can be so quick but by agreement (B2). */
const SWAP_MINUTES = 15;

/**
 * The facts of one group, from its entries. What the service does not collect (how fast a form was filled, hidden fields,
 * networks of hosts, disposable addresses) stays as in `NO_EVIDENCE` and weighs nothing.
 */
export function evidenceOf(group: readonly EntryOfTable[]): Evidence {
  const persons = new Set<number>();
  const surnames = new Set<number>();
  const offices = new Set<number>();
  const contacts = new Set<number>();
  const fresh = new Set<number>();
  const behind = { phone: new Map<number, Set<number>>(), email: new Map<number, Set<number>>() };
  const onDevice = new Map<number, Set<number>>();
  for (const entry of group) {
    offices.add(entry.office);
    contacts.add(entry.contact);
    if (entry.freshContact) fresh.add(entry.contact);
    entry.persons.forEach((person, i) => {
      persons.add(person);
      if (entry.surnames[i]! >= 0) surnames.add(entry.surnames[i]!);
      if (entry.kind !== "other") add(behind[entry.kind], entry.contact, person);
      if (entry.device >= 0) add(onDevice, entry.device, person);
    });
  }
  const over = group.filter((entry) => entry.ended !== null);
  const helper = group[0]!.helper;
  return {
    ...NO_EVIDENCE,
    persons: persons.size,
    surnames: surnames.size,
    offices: offices.size,
    onPhone: largest(behind.phone),
    onEmail: largest(behind.email),
    onDevice: largest(onDevice),
    contacts: contacts.size,
    freshContacts: fresh.size,
    burst: burstOf(group),
    swaps: swapsOf(group),
    noShows: over.filter((entry) => entry.ended === "missed").length,
    history: over.length,
    duplicateBits: group.reduce((most, entry) => Math.max(most, entry.duplicateBits), 0),
    mismatch: group.some((entry) => entry.mismatch),
    resale: group.some((entry) => entry.resale),
    helper: helper >= 0 && group.every((entry) => entry.helper === helper),
    seenBefore: seenBefore(group),
    assisted: group.every((entry) => entry.assisted),
  };
}

function add(sets: Map<number, Set<number>>, key: number, value: number): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function largest(sets: ReadonlyMap<number, ReadonlySet<number>>): number {
  let most = 0;
  for (const set of sets.values()) most = Math.max(most, set.size);
  return most;
}

function burstOf(group: readonly EntryOfTable[]): number {
  const times = group.map((entry) => entry.bookedAt).sort((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < times.length; to++) {
    while (times[to]! - times[from]! > BURST_MINUTES * MINUTE_MS) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

/** Each cancellation counts once, and only where none of its people is among those who came after. */
function swapsOf(group: readonly EntryOfTable[]): number {
  const atHour = new Map<string, EntryOfTable[]>();
  for (const entry of group) {
    const hour = `${entry.office} ${entry.startsAt}`;
    const others = atHour.get(hour);
    if (others) others.push(entry);
    else atHour.set(hour, [entry]);
  }
  const isSwap = (gone: EntryOfTable): boolean =>
    gone.cancelledAt !== null &&
    atHour.get(`${gone.office} ${gone.startsAt}`)!.some((entry) => {
      const after = entry.bookedAt - gone.cancelledAt!;
      return (
        after >= 0 && after <= SWAP_MINUTES * MINUTE_MS && !entry.persons.some((one) => gone.persons.includes(one))
      );
    });
  return group.filter(isSwap).length;
}

/** Whoever is still to come was served before, under the same contact. */
function seenBefore(group: readonly EntryOfTable[]): boolean {
  const seen = new Set(
    group
      .filter((entry) => entry.ended === "served")
      .flatMap((entry) => [...entry.persons].map((person) => `${entry.contact} ${person}`)),
  );
  const coming = group.filter((entry) => entry.ended === null && entry.cancelledAt === null);
  return (
    coming.length > 0 &&
    coming.every((entry) => entry.persons.every((person) => seen.has(`${entry.contact} ${person}`)))
  );
}
