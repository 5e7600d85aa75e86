import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { faultFields } from "#platform/log.ts";
import { publicFacts } from "../rules/offices.ts";
import type { Country, Fact, Holiday, Jurisdiction, Network, Office } from "../types.ts";
import {
  chainsFrom,
  checklistFrom,
  linesFrom,
  planningFrom,
  serviceFrom,
  type RawCatalogues,
  type RawOffice,
  type RawService,
  type ServiceColumns,
} from "./raw.ts";

/** How old the network may be before it is read again, in the background. */
const NETWORK_MAX_AGE_MS = 60_000;

type Needed = Pick<Services, "database" | "clock"> & Partial<Pick<Services, "log">>;

interface Cached {
  readonly current: Promise<Network>;
  readonly readAt: number;
  refreshing: boolean;
}

/** One network for each database, so that tests with databases of their own do not see each other's. */
const caches = new WeakMap<Services["database"], Cached>();

/**
 * The whole network. Once it has been read every call is answered at once; when it is older than a
 * minute it is read again beside the answer, and the old one serves on while the database is away.
 */
export function getNetwork(services: Needed): Promise<Network> {
  const cached = caches.get(services.database);
  if (!cached) return refreshNetwork(services);
  const age = services.clock.now().getTime() - cached.readAt;
  if ((age < 0 || age > NETWORK_MAX_AGE_MS) && !cached.refreshing) {
    cached.refreshing = true;
    readNetwork(services)
      .then((network) => keep(services, Promise.resolve(network)))
      .catch((error: unknown) => {
        cached.refreshing = false;
        services.log?.warn("the network could not be read again; the last one serves on", faultFields(error));
      });
  }
  return cached.current;
}

/** Reads the network now, so that what was just written is seen by the next page. */
export async function refreshNetwork(services: Needed): Promise<Network> {
  const reading = readNetwork(services);
  const before = caches.get(services.database);
  if (!before) {
    keep(services, reading);
    // A first reading that failed must not be everybody's answer for ever.
    reading.catch(() => {
      if (caches.get(services.database)?.current === reading) caches.delete(services.database);
    });
    return reading;
  }
  keep(services, Promise.resolve(await reading));
  return reading;
}

function keep(services: Needed, current: Promise<Network>): void {
  caches.set(services.database, { current, readAt: services.clock.now().getTime(), refreshing: false });
}

function readNetwork(services: Needed): Promise<Network> {
  const now = services.clock.now();
  return services.database.transaction("citizen_reader", {}, (tx) => networkFrom(tx, now));
}

async function networkFrom(tx: Tx, now: Date): Promise<Network> {
  const [offices, facts, jurisdictions, services, holidays, catalogues] = await Promise.all([
    rows<OfficeRow>(
      tx,
      sql`select id, zone, country, lat, lng, valid_from::text as "validFrom", detail from offices.offices
          where valid_to is null or valid_to >= ${now}::timestamptz::date order by id`,
    ),
    rows<Omit<Fact, "confirmedAt" | "dueAt"> & { officeId: string; confirmedAt: Date | null; dueAt: Date | null }>(
      tx,
      sql`select office_id as "officeId", field, value, level, source, confirmed_at as "confirmedAt", due_at as "dueAt" from offices.facts`,
    ),
    rows<JurisdictionRow>(
      tx,
      sql`select office_id as "officeId", area, extent, detail, level, valid_from::text as "validFrom", valid_to::text as "validTo"
          from offices.jurisdictions order by office_id, area, valid_from`,
    ),
    rows<ServiceColumns & { detail: RawService }>(
      tx,
      sql`select slug, service_group as "group", claim_scope as "claimScope", minutes, detail from offices.services order by position`,
    ),
    rows<{ calendar: string; date: LocalDate; id: string; es: string; en: string }>(
      tx,
      sql`select calendar, on_date::text as date, id, name_es as es, name_en as en from offices.holidays order by on_date, calendar`,
    ),
    rows<{ name: keyof RawCatalogues; content: unknown }>(tx, sql`select name, content from offices.catalogues`),
  ]);

  const lists = Object.fromEntries(catalogues.map((one) => [one.name, one.content])) as Partial<RawCatalogues>;
  const planning = planningFrom(lists.planning);
  const chains = chainsFrom(lists.chains);
  const factsOf = grouped(facts, (one) => one.officeId);
  const areasOf = grouped(jurisdictions, (one) => one.officeId);
  const all = offices.map((row) => officeFrom(row, factsOf.get(row.id) ?? [], areasOf.get(row.id) ?? []));
  const catalogue = services.map((row) => serviceFrom(row, planning, chains));
  return {
    offices: all,
    officeById: new Map(all.map((office) => [office.id, office])),
    services: catalogue,
    serviceBySlug: new Map(catalogue.map((service) => [service.slug, service])),
    holidays: holidays.map(({ es, en, ...holiday }): Holiday => ({ ...holiday, name: { es, en } })),
    checklist: checklistFrom(lists.checklist),
    chains,
    planning,
    lines: linesFrom(lists.lines),
  };
}

interface OfficeRow {
  readonly id: OfficeId;
  readonly zone: string;
  readonly country: Country;
  readonly lat: number;
  readonly lng: number;
  readonly validFrom: LocalDate;
  readonly detail: RawOffice;
}

type JurisdictionRow = Omit<Jurisdiction, "detail" | "validTo"> & {
  readonly officeId: string;
  readonly detail: string | null;
  readonly validTo: LocalDate | null;
};

function officeFrom(
  row: OfficeRow,
  facts: readonly (Omit<Fact, "confirmedAt" | "dueAt"> & { confirmedAt: Date | null; dueAt: Date | null })[],
  areas: readonly JurisdictionRow[],
): Office {
  const { detail, ...columns } = row;
  const shown = publicFacts(
    facts.map(({ field, value, level, source, confirmedAt, dueAt }) => ({
      field,
      value,
      level,
      source,
      confirmedAt: confirmedAt ?? undefined,
      dueAt: dueAt ?? undefined,
    })),
  );
  return {
    ...columns,
    type: detail.type,
    name: detail.name,
    shortName: detail.short_name,
    city: detail.city,
    state: detail.state,
    postalCode: shown.address?.value.postalCode,
    publicFacts: shown,
    jurisdictions: areas.map(({ area, extent, detail: counties, level, validFrom, validTo }) => ({
      area,
      extent,
      detail: counties ?? undefined,
      level,
      validFrom,
      validTo: validTo ?? undefined,
    })),
  };
}

function grouped<T>(list: readonly T[], key: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
