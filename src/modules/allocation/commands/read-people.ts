import { leafBounds, sealedFiling } from "../rules/people.ts";
import type { SealedFiling } from "../rules/live.ts";
import { countLeaves, listFiledPeople, type FiledPerson } from "../store/filed-people.ts";
import type { DrawId } from "../types.ts";
import { readAhead, type Read } from "./read-book.ts";

/**
 * Leaves whose people one statement lists. Leaves and people are joined as wholes, a tenth of what it costs to look up
 * each: many leaves for each reading of all people, and few enough for the time and the memory of a statement.
 */
const LEAVES = 50_000;

/** What only auditors get of a draw, in ascending order of the leaves, many of them in memory at a time. */
export async function* sealedPeopleOf(read: Read, drawId: DrawId): AsyncGenerator<Iterable<SealedFiling>> {
  const bounds = leafBounds(Math.max(1, Math.ceil((await read((tx) => countLeaves(tx, drawId))) / LEAVES)));
  const page = async (number: number) => ({
    next: number + 2 < bounds.length ? String(number + 1) : undefined,
    people: await read((tx) => listFiledPeople(tx, drawId, bounds[number]!, bounds[number + 1]!)),
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
