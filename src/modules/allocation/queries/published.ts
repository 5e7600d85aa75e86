import { localDateAt } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { DRAW_ZONE } from "../rules/cycle.ts";
import { publishableGiven, publishableResults, type OfficeGiven, type OfficeResult } from "../rules/shares.ts";
import { listCosignatures, listDocuments, listDraws } from "../store/draws.ts";
import type { Beacon, Draw, DrawId, DrawState, Manifest, Opening, Result } from "../types.ts";

type Needed = Pick<Services, "database" | "clock">;

/** A draw as a page tells it: its hours, its signed papers, and sums that may be told. */
export interface PublishedDraw {
  readonly draw: Omit<Draw, "root" | "seed">;
  /** Its other round, announced with it. */
  readonly other: DrawId | undefined;
  readonly opening: Opening;
  readonly manifest: Manifest | undefined;
  /** Names of the witnesses whose signature stands under the manifest. */
  readonly witnesses: readonly string[];
  readonly beacon: Beacon | undefined;
  readonly result: Result | undefined;
  /** Of the committed supply by office, and of them given out, null where that is not told. Empty before the draw. */
  readonly places: ReturnType<typeof publishableGiven>;
  /** At all offices. */
  readonly given: number;
  /** Of the households whose first wish was that office; offices with small numbers are left out. */
  readonly households: readonly OfficeResult[];
  /** Whether everybody may have the replay's rows today. */
  readonly rowsArePublic: boolean;
}

interface Looked {
  readonly at: number;
  readonly published: Promise<PublishedDraw | undefined>;
}
/** With a result many come at once: one look a second is enough for all of them. */
const LOOK_MS = 1_000;
const MOST_LOOKED = 64;
const looked = new WeakMap<object, Map<DrawId, Looked>>();

/** Undefined when there is no such draw. What is told may be a second old. */
export function findPublishedDraw(services: Needed, id: DrawId): Promise<PublishedDraw | undefined> {
  const { database, clock } = services;
  let ofDatabase = looked.get(database);
  if (!ofDatabase) looked.set(database, (ofDatabase = new Map<DrawId, Looked>()));
  const at = clock.now().getTime();
  const known = ofDatabase.get(id);
  if (known && at >= known.at && at - known.at < LOOK_MS) return known.published;
  const published = look(services, id);
  published.catch(() => ofDatabase.delete(id));
  ofDatabase.delete(id);
  ofDatabase.set(id, { at, published });
  if (ofDatabase.size > MOST_LOOKED) ofDatabase.delete(ofDatabase.keys().next().value!);
  return published;
}

async function look(services: Needed, id: DrawId): Promise<PublishedDraw | undefined> {
  const { database, clock } = services;
  const found = await database.reading("citizen_reader", async (tx) => {
    const [row] = await listDraws(tx, { id });
    if (!row) return undefined;
    const papers = await listDocuments(tx, id, ["opening", "manifest", "beacon", "result"]);
    return { row, papers, witnesses: await listCosignatures(tx, id), other: await findOther(tx, row) };
  });
  if (!found) return undefined;
  const { root: _root, seed: _seed, ...draw } = found.row;
  const paper = <Fields>(kind: string): Fields | undefined => {
    const line = found.papers.find((one) => one.kind === kind)?.line;
    return line === undefined ? undefined : (JSON.parse(line) as Fields);
  };
  const sums = isDrawn(draw.state) ? await sumsOf(services, id) : { places: [], given: 0, households: [] };
  return {
    draw,
    other: found.other,
    opening: paper<{ body: Opening }>("opening")!.body,
    manifest: paper<{ body: Manifest }>("manifest")?.body,
    witnesses: found.witnesses.map((one) => one.witness),
    beacon: paper<Beacon>("beacon"),
    result: paper<{ body: Result }>("result")?.body,
    ...sums,
    rowsArePublic: areRowsPublic(draw, clock.now()),
  };
}

/** Rows may be had by everybody once the draw is over and its last day is thirty days ago (hardening.md 3). */
export function areRowsPublic({ state, rowsFrom }: Pick<Draw, "state" | "rowsFrom">, now: Date): boolean {
  return isDrawn(state) && rowsFrom <= localDateAt(now, DRAW_ZONE);
}

function isDrawn(state: DrawState): boolean {
  return state === "drawn" || state === "settled";
}

type Sums = Pick<PublishedDraw, "places" | "given" | "households">;
/** Sums of a million rows, which never change once they are drawn, and are small: those of four years of weekly and daily draws. */
const KEPT_SUMS = 2_000;
const summed = new WeakMap<object, Map<DrawId, Promise<Sums>>>();

function sumsOf({ database }: Needed, id: DrawId): Promise<Sums> {
  let ofDatabase = summed.get(database);
  if (!ofDatabase) summed.set(database, (ofDatabase = new Map<DrawId, Promise<Sums>>()));
  let sums = ofDatabase.get(id);
  if (sums) return sums;
  sums = database.reading("report", async (tx) => {
    const places = await sumPlaces(tx, id);
    return {
      places: publishableGiven(places),
      given: places.reduce((sum, one) => sum + one.given, 0),
      households: publishableResults(await sumHouseholds(tx, id)),
    };
  });
  sums.catch(() => ofDatabase.delete(id));
  ofDatabase.set(id, sums);
  if (ofDatabase.size > KEPT_SUMS) ofDatabase.delete(ofDatabase.keys().next().value!);
  return sums;
}

async function findOther(tx: Tx, { id, follows }: Draw): Promise<DrawId | undefined> {
  if (follows !== null) return follows;
  const [second] = await rows<{ id: DrawId }>(tx, sql`select id from allocation.draws where follows = ${id}`);
  return second?.id;
}

// Needs and first wishes are few beside households: they are counted before their texts are read.

/** Parts such as documentacion.2 are contained in their group and not counted again. What an upgrader kept was never of this draw's supply. */
async function sumPlaces(tx: Tx, id: DrawId): Promise<OfficeGiven[]> {
  return rows(
    tx,
    sql`with supply as (select office_id, sum(places)::int as places from allocation.cells where draw_id = ${id} and service_group not like '%.%' group by office_id),
             alike as (select o.office_id, e.need, count(*)::int as entries from allocation.outcomes o join allocation.entries e on e.draw_id = o.draw_id and e.app_id = o.app_id
                       where o.draw_id = ${id} and o.office_id is not null and o.option is distinct from (e.holds::jsonb ->> 'option')::int group by o.office_id, e.need),
             given as (select office_id, sum(entries)::int as parties,
                              sum(entries * (select sum(steps::int) from jsonb_each_text(need::jsonb) as n (service_group, steps) where service_group not like '%.%'))::int as given
                       from alike group by office_id)
        select s.office_id as office, s.places, coalesce(g.given, 0) as given, coalesce(g.parties, 0) as parties
        from supply s left join given g using (office_id) order by s.office_id`,
  );
}

/** A household counts for the office that stands first in its first wish, as in the manifest's counts. */
async function sumHouseholds(tx: Tx, id: DrawId): Promise<OfficeResult[]> {
  return rows(
    tx,
    sql`with alike as (select e.options[1] as wish, count(*) filter (where o.office_id is not null)::int as served, count(*) filter (where o.office_id is null)::int as waiting
                       from allocation.outcomes o join allocation.entries e on e.draw_id = o.draw_id and e.app_id = o.app_id where o.draw_id = ${id} group by 1)
        select w.text::jsonb -> 'offices' ->> 0 as office, sum(a.served)::int as served, sum(a.waiting)::int as waiting
        from alike a join allocation.wishes w on w.id = a.wish group by 1`,
  );
}
