import { sha256Hex } from "#kernel/digest.ts";
import type { AppId, Digest, DrawId } from "../types.ts";
import { liveLeaves, type Filing, type SealedFiling } from "./live.ts";

/** A person behind a leaf by the keyed digests of what was typed, in hex. */
export interface KeyedPerson {
  readonly name: string;
  readonly curp: string | null;
}

/**
 * Which of the given people are one: the same CURP is one person, the same name with two CURPs is two. A name
 * without a CURP is whoever has that name, if only one does. The labels hold for one draw.
 */
export function personLabels(draw: DrawId, people: readonly KeyedPerson[]): string[] {
  const curpsOf = new Map<string, Set<string>>();
  for (const { name, curp } of people) {
    if (curp === null) continue;
    const curps = curpsOf.get(name) ?? new Set();
    curpsOf.set(name, curps.add(curp));
  }
  return people.map(({ name, curp }) => {
    const known = curpsOf.get(name);
    const key = curp ?? (known?.size === 1 ? [...known][0]! : name);
    return personLabel(draw, key);
  });
}

/** A person behind a leaf, with the service groups that it asks for. */
export interface AskingPerson extends KeyedPerson {
  readonly app: AppId;
  readonly groups: readonly string[];
}

/** People of whom each may stand behind several leaves. */
export interface Doubtful {
  readonly shared: readonly (AskingPerson & Omit<Filing, "person">)[];
  /** Of a second round: those who were given a place in the first (`served`), and those of this one who may be the same. */
  readonly served: readonly (AskingPerson & { readonly served: boolean })[];
}

/**
 * Leaves whose win cannot be booked: for one of their people and service groups another leaf is the live one, or a place
 * was given in the first round. Who asks for two groups by two requests has a chance for each.
 */
export function deadLeaves(draw: DrawId, seed: Digest, { shared, served }: Doubtful): AppId[] {
  const live = liveLeaves(
    seed,
    byGroup(draw, shared, (one, person) => ({ ...one, person })),
  );
  const given = byGroup(draw, served, ({ served: isServed }, person) => (isServed ? person : undefined));
  const before = new Set(given);
  const dead = [
    ...byGroup(draw, shared, ({ app }, person) => (live.get(person) === app ? undefined : app)),
    ...byGroup(draw, served, (one, person) => (!one.served && before.has(person) ? one.app : undefined)),
  ];
  return [...new Set(dead.filter((app) => app !== undefined))];
}

/** Once for each service group of each person, under a label of both. */
function byGroup<Person extends AskingPerson, Made>(
  draw: DrawId,
  people: readonly Person[],
  make: (one: Person, person: string) => Made,
): Made[] {
  const labels = personLabels(draw, people);
  return people.flatMap((one, i) => one.groups.map((group) => make(one, `${labels[i]!} ${group}`)));
}

/** What is known of a person behind a leaf as auditors get it. */
export function sealedFiling(
  draw: DrawId,
  { app, salt, level2, name, curp }: KeyedPerson & Omit<Filing, "person">,
): SealedFiling {
  return { app, salt, level2, name: personLabel(draw, name), curp: curp === null ? null : personLabel(draw, curp) };
}

/** Fresh for every draw: what auditors of two draws get cannot be laid over each other. */
export function personLabel(draw: DrawId, key: string): Digest {
  return sha256Hex(draw + key) as Digest;
}

/** Numbers of leaves are random, so they lie alike over the first four bytes of a UUID. */
const FIRST_HALVES = 2 ** 32;

/** Bounds of so many pages, between which about as many leaves lie each: those above the one and up to the next. */
export function leafBounds(pages: number): string[] {
  const inner = Array.from({ length: pages }, (_, page) => {
    const first = Math.floor((page / pages) * FIRST_HALVES);
    return `${first.toString(16).padStart(8, "0")}-0000-0000-0000-000000000000`;
  });
  return [...inner, "ffffffff-ffff-ffff-ffff-ffffffffffff"];
}
