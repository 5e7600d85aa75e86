import { SERVICE_GROUPS, type LocalDate, type OfficeId, type ServiceGroup } from "#kernel/ids.ts";
import { listReleases, type Release } from "#modules/schedules/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { demandByOffice, visibleDemand, type OfficeDemand } from "../rules/demand.ts";
import { askedPlaces, regimeKey } from "../rules/regime.ts";
import { visibleOffers, type OfficeOffers, type ToldOffers } from "../rules/shares.ts";
import { listMeasures, type Measure } from "../store/measures.ts";
import type { DrawId } from "../types.ts";
import { listAlikeEntries } from "./demand.ts";
import { findPublishedDraw, type PublishedDraw } from "./published.ts";

/** Committed places of one office and group on one day. */
export interface DaySupply {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly localDate: LocalDate;
  readonly places: number;
}

/** Who asked first for an office; null where fewer than ten did, or before the lock. */
export interface GroupSupply {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  readonly places: number;
  readonly entries: number | null;
  readonly people: number | null;
  /** Places that they need, each wish in equal parts over its offices. */
  readonly asked: number | null;
}

export interface DrawMonitor {
  readonly published: PublishedDraw;
  readonly supply: readonly GroupSupply[];
  readonly days: readonly DaySupply[];
  readonly offers: readonly ToldOffers[];
}

/** Everything that staff may see of a draw; of one office when it is named. Undefined when there is no such draw. */
export async function getDrawMonitor(ctx: Context, id: DrawId, officeId?: OfficeId): Promise<DrawMonitor | undefined> {
  const published = await findPublishedDraw(ctx, id);
  if (!published) return undefined;
  const isMine = (office: string): boolean => officeId === undefined || office === officeId;
  const { days, offers } = await ctx.database.reading("report", async (tx) => ({
    days: await listDaySupply(tx, id),
    offers: await countOffers(tx, id),
  }));
  // Numbers of filings appear first with the manifest, for nobody earlier (hardening.md 21).
  const demand = published.manifest ? await demandOf(ctx, id) : { visible: [], asked: new Map<string, number>() };
  return {
    published: { ...published, ...ofOffice(published, isMine) },
    supply: supplyOf(days, demand).filter((one) => isMine(one.officeId)),
    days: days.filter((one) => isMine(one.officeId)),
    offers: visibleOffers(offers).filter((one) => isMine(one.office)),
  };
}

function ofOffice(
  { places, households }: PublishedDraw,
  isMine: (office: string) => boolean,
): Pick<PublishedDraw, "places" | "households"> {
  return {
    places: places.filter((one) => isMine(one.office)),
    households: households.filter((one) => isMine(one.office)),
  };
}

function supplyOf(days: readonly DaySupply[], { visible, asked }: Demand): GroupSupply[] {
  const groups = new Map<string, GroupSupply>();
  for (const { officeId, serviceGroup, places } of days) {
    const key = regimeKey(officeId, serviceGroup);
    const known = groups.get(key);
    if (known) {
      groups.set(key, { ...known, places: known.places + places });
      continue;
    }
    const own = visible.find((one) => one.office === officeId && one.group === serviceGroup);
    groups.set(key, {
      officeId,
      serviceGroup,
      places,
      entries: own?.entries ?? null,
      people: own?.people ?? null,
      asked: own ? Math.round(asked.get(key) ?? 0) : null,
    });
  }
  return [...groups.values()];
}

interface Demand {
  readonly visible: readonly OfficeDemand[];
  readonly asked: ReadonlyMap<string, number>;
}

/** Counts over a million entries, which never change once they are locked. */
const KEPT_DEMANDS = 8;
const counted = new WeakMap<object, Map<DrawId, Promise<Demand>>>();

function demandOf({ database }: Context, id: DrawId): Promise<Demand> {
  let ofDatabase = counted.get(database);
  if (!ofDatabase) counted.set(database, (ofDatabase = new Map<DrawId, Promise<Demand>>()));
  const known = ofDatabase.get(id);
  if (known) return known;
  const demand = database.reading("report", async (tx) => {
    const alike = await listAlikeEntries(tx, id);
    const had = new Set((await listDaySupply(tx, id)).map((one) => regimeKey(one.officeId, one.serviceGroup)));
    const isGroup = (name: string): boolean => SERVICE_GROUPS.some((group) => group === name);
    return {
      visible: visibleDemand(demandByOffice(alike, isGroup)),
      asked: askedPlaces(alike, (office, group) => had.has(regimeKey(office, group))),
    };
  });
  demand.catch(() => ofDatabase.delete(id));
  ofDatabase.set(id, demand);
  if (ofDatabase.size > KEPT_DEMANDS) ofDatabase.delete(ofDatabase.keys().next().value!);
  return demand;
}

function listDaySupply(tx: Tx, id: DrawId): Promise<DaySupply[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", service_group as "serviceGroup", local_date::text as "localDate", sum(places)::int as places
        from allocation.cells where draw_id = ${id} and service_group = any(${SERVICE_GROUPS}::text[]) group by 1, 2, 3 order by 1, 2, 3`,
  );
}

function countOffers(tx: Tx, id: DrawId): Promise<OfficeOffers[]> {
  return rows(
    tx,
    sql`select o.office_id as office, count(*) filter (where f.answer = 'offered')::int as open,
               count(*) filter (where f.answer = 'accepted' and f.answered_at < d.answers_by)::int as accepted,
               count(*) filter (where f.answer = 'accepted' and f.answered_at >= d.answers_by)::int as silent,
               count(*) filter (where f.answer in ('declined', 'passed'))::int as declined
        from allocation.outcomes o join allocation.filings f on f.draw_id = o.draw_id and f.app_id = o.app_id join allocation.draws d on d.id = o.draw_id
        where o.draw_id = ${id} and o.office_id is not null group by 1 order by 1`,
  );
}

/** How an office gives out the places of a group, and why. */
export interface RegimeRow {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  /** Undefined where nobody ever decided: at once. */
  readonly release: Release | undefined;
  /** The latest first. */
  readonly measures: readonly Measure[];
}

/** Measures told of each office and group: two months of weekly draws. */
const HISTORY = 8;

/** Every office and group that was decided or measured; of one office when it is named. */
export async function listRegimes(ctx: Context, officeId?: OfficeId): Promise<RegimeRow[]> {
  const { releases, measures } = await ctx.database.reading("report", async (tx) => ({
    releases: await listReleases(tx),
    measures: await listMeasures(tx, HISTORY, officeId),
  }));
  const found = new Map<string, RegimeRow & { release: Release | undefined; measures: Measure[] }>();
  const rowOf = (office: OfficeId, serviceGroup: ServiceGroup) => {
    const key = regimeKey(office, serviceGroup);
    let row = found.get(key);
    if (!row) found.set(key, (row = { officeId: office, serviceGroup, release: undefined, measures: [] }));
    return row;
  };
  for (const release of releases)
    if (officeId === undefined || release.officeId === officeId)
      rowOf(release.officeId, release.serviceGroup).release = release;
  for (const measure of measures) rowOf(measure.officeId, measure.serviceGroup).measures.push(measure);
  return [...found.values()];
}
