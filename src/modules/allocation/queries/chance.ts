import { MINUTE_MS } from "#kernel/time.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { chanceOf, tally, type AskedAlike, type Chance, type Household, type Tallies } from "../rules/chance.ts";
import type { Draw, Option } from "../types.ts";

/** Draws that a chance is told from: about a month, long enough for small offices and short enough to be true today. */
const PAST_DRAWS = 4;

/** A count that failed is left alone for so long: a busy database is not asked again by everybody who looks. */
const FAILED_FOR_MS = 5 * MINUTE_MS;

interface Known {
  readonly drawId: string;
  /** Undefined where the count failed. */
  readonly tallies: Promise<Tallies | undefined>;
  /** When a count that failed may be tried again, in milliseconds since 1970. */
  again: number;
}
const known = new WeakMap<object, Known>();

/**
 * Of ten households like this one, how many got a place in past draws. It is counted once for each open draw, from
 * draws that were over when it opened: whoever asks on the last day reads the same as on the first, and current
 * requests change nothing (hardening 21). Undefined while too few households asked alike, and where the count fails:
 * nobody is kept from asking by a figure that cannot be told.
 */
export async function getChance(
  { database, clock, log }: Pick<Services, "database" | "clock" | "log">,
  draw: Pick<Draw, "id" | "opensAt">,
  household: Household,
): Promise<Chance | undefined> {
  const now = clock.now().getTime();
  let found = known.get(database);
  if (found?.drawId !== draw.id || found.again <= now) {
    const counting: Known = {
      drawId: draw.id,
      again: Infinity,
      tallies: database
        .reading("report", async (tx) => tally(await listAskedAlike(tx, draw.opensAt)))
        .catch((error: unknown) => {
          counting.again = now + FAILED_FOR_MS;
          log.warn("past draws could not be counted; nobody is told a chance", faultFields(error));
          return undefined;
        }),
    };
    found = counting;
    known.set(database, found);
  }
  const tallies = await found.tallies;
  return tallies && chanceOf(tallies, household);
}

interface Line {
  readonly persons: number;
  readonly need: string;
  readonly options: readonly number[];
  readonly asked: number;
  readonly served: number;
}

/** Households of the last draws by size, need and wishes, with how many of them got a place in either round. */
async function listAskedAlike(tx: Tx, before: Date): Promise<AskedAlike[]> {
  const lines = await rows<Line>(
    tx,
    sql`with past as (
          select d.id, s.id as second from allocation.draws d join allocation.draws s on s.follows = d.id
          where d.state in ('drawn', 'settled') and s.state in ('drawn', 'settled') and s.answers_by <= ${before}
          order by d.draws_at desc limit ${PAST_DRAWS})
        select e.persons, e.need, e.options, count(*)::int as asked, count(coalesce(o.option, s.option))::int as served
        from past join allocation.entries e on e.draw_id = past.id
        join allocation.outcomes o on o.draw_id = e.draw_id and o.app_id = e.app_id
        left join allocation.outcomes s on s.draw_id = past.second and s.app_id = e.app_id
        group by e.persons, e.need, e.options`,
  );
  const ids = [...new Set(lines.flatMap((line) => line.options))];
  const wishes = await rows<{ id: number; text: string }>(
    tx,
    sql`select id, text from allocation.wishes where id = any(${ids}::int[])`,
  );
  const officesOf = new Map(wishes.map(({ id, text }) => [id, (JSON.parse(text) as Option).offices]));
  return lines.map(({ persons, need, options, asked, served }) => ({
    persons,
    groups: Object.keys(JSON.parse(need) as object),
    offices: [...new Set(options.flatMap((id) => officesOf.get(id) ?? []))],
    asked,
    served,
  }));
}
