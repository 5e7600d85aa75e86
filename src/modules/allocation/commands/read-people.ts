import { sealedFiling } from "../rules/people.ts";
import type { SealedFiling } from "../rules/live.ts";
import { countLeaves, listFiledPeople, type FiledPerson } from "../store/filed-people.ts";
import type { DrawId } from "../types.ts";
import { readAhead, type Read } from "./read-book.ts";

/**
 * Leaves whose people one statement lists. Leaves and people are joined as wholes, a tenth of what it costs to look up
 * each: many leaves for each reading of all people, and few enough for the time and the memory of a statement.
 */
const LEAVES = 100_000;
/** Numbers of leaves are random, so they lie alike over the first four bytes of a UUID. */
const FIRST_HALVES = 2 ** 32;

/** What only auditors get of a draw, in ascending order of the leaves, many of them in memory at a time. */
export async function* sealedPeopleOf(read: Read, drawId: DrawId): AsyncGenerator<Iterable<SealedFiling>> {
  const pages = Math.max(1, Math.ceil((await read((tx) => countLeaves(tx, drawId))) / LEAVES));
  const page = async (number: number) => ({
    next: number + 1 < pages ? String(number + 1) : undefined,
    people: await read((tx) => listFiledPeople(tx, drawId, boundOf(number, pages), boundOf(number + 1, pages))),
  });
  for await (const { people } of readAhead(
    (number) => page(Number(number)),
    ({ next }) => next,
    "0",
  ))
    yield sealed(drawId, people);
}

function* sealed(drawId: DrawId, people: Iterable<FiledPerson>): Generator<SealedFiling> {
  for (const person of people) yield sealedFiling(drawId, person);
}

/** The number that no leaf of an earlier page reaches; the last bound lies above all. */
function boundOf(number: number, pages: number): string {
  if (number === pages) return "ffffffff-ffff-ffff-ffff-ffffffffffff";
  const first = Math.floor((number / pages) * FIRST_HALVES);
  return `${first.toString(16).padStart(8, "0")}-0000-0000-0000-000000000000`;
}
