import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { asOwner, readStamp, rows, run, sql, type Tx } from "#platform/db/index.ts";
import { observedDays, type HolidaysFile } from "./holidays.ts";
import { factsOf, type OfficesFile, type PlanningFile } from "./office-facts.ts";

export interface LoadOptions {
  /** Of an administrator who may act as the owner of the schema. */
  readonly url: string;
  /** db/reference. */
  readonly directory: string;
  /** Fill what is not known with values marked as invented. Demo databases only. */
  readonly invented: boolean;
  readonly now: Date;
}

interface ServicesFile {
  readonly services: readonly {
    readonly slug: string;
    readonly group: string;
    readonly claim_scope: string;
    readonly duration: { readonly slot_minutes: number };
  }[];
}

interface JurisdictionsFile {
  readonly jurisdictions: readonly {
    readonly office: string;
    readonly area: string;
    readonly extent: string;
    readonly detail: string | null;
    readonly valid_from: string;
    readonly valid_to: string | null;
    readonly level: string;
    readonly source: string;
  }[];
}

/** Any number: loaders queue behind it, and no other lock of this program uses it. */
const LOAD_LOCK = 7_260_114;

/**
 * Brings the network's reference data into the database, again and again with the same result.
 * What staff have confirmed is never overwritten; offices and services that left the files stay.
 */
export async function loadReference(options: LoadOptions): Promise<void> {
  const read = async <T>(name: string): Promise<T> =>
    JSON.parse(await readFile(join(options.directory, `${name}.json`), "utf8")) as T;
  const [offices, services, holidays, jurisdictions, planning, checklist, chains] = await Promise.all([
    read<OfficesFile>("offices"),
    read<ServicesFile>("services"),
    read<HolidaysFile>("holidays"),
    read<JurisdictionsFile>("jurisdictions"),
    read<PlanningFile>("planning"),
    read<object>("checklist"),
    read<object>("chains"),
  ]);

  await asOwner(options.url, async (tx) => {
    if (options.invented && (await readStamp(tx)) !== "demo") {
      throw new Error("invented facts may only be loaded into a database stamped demo");
    }
    await rows(tx, sql`select pg_advisory_xact_lock(${LOAD_LOCK})`);
    await upsertOffices(tx, offices);
    await upsertFacts(tx, offices, planning, options.invented);
    await upsertServices(tx, services);
    await replaceHolidays(tx, holidays);
    await replaceJurisdictions(tx, jurisdictions);
    await replaceCatalogues(tx, { planning, checklist, chains, lines: offices.national_lines }, options.now);
  });
}

async function upsertOffices(tx: Tx, { offices }: OfficesFile): Promise<void> {
  const details = offices.map(({ type, name, short_name, city, state, postal_code }) =>
    JSON.stringify({ type, name, short_name, city, state, postal_code }),
  );
  await run(
    tx,
    sql`insert into offices.offices (id, zone, country, lat, lng, valid_from, detail)
        select * from unnest(${offices.map((one) => one.id)}::text[], ${offices.map((one) => one.zone)}::text[],
          ${offices.map((one) => one.country)}::text[], ${offices.map((one) => one.lat)}::float8[],
          ${offices.map((one) => one.lng)}::float8[], ${offices.map((one) => one.valid_from)}::date[], ${details}::jsonb[])
        on conflict (id) do update set zone = excluded.zone, country = excluded.country, lat = excluded.lat,
          lng = excluded.lng, valid_from = excluded.valid_from, detail = excluded.detail`,
  );
}

async function upsertFacts(tx: Tx, file: OfficesFile, planning: PlanningFile, invented: boolean): Promise<void> {
  const facts = file.offices.flatMap((office) => factsOf(office, planning, invented));
  if (!invented) await run(tx, sql`delete from offices.facts where level = 'invented'`);
  await run(
    tx,
    sql`insert into offices.facts as known (office_id, field, value, level, source)
        select * from unnest(${facts.map((one) => one.officeId)}::text[], ${facts.map((one) => one.field)}::text[],
          ${facts.map((one) => JSON.stringify(one.value))}::jsonb[], ${facts.map((one) => one.level)}::text[],
          ${facts.map((one) => one.source)}::text[])
        on conflict (office_id, field) do update set value = excluded.value, level = excluded.level, source = excluded.source
        where known.level <> 'confirmed'`,
  );
}

async function upsertServices(tx: Tx, { services }: ServicesFile): Promise<void> {
  await run(
    tx,
    sql`insert into offices.services (slug, service_group, claim_scope, minutes, position, detail)
        select * from unnest(${services.map((one) => one.slug)}::text[], ${services.map((one) => one.group)}::text[],
          ${services.map((one) => one.claim_scope)}::text[], ${services.map((one) => one.duration.slot_minutes)}::smallint[],
          ${services.map((_, i) => i + 1)}::smallint[], ${services.map((one) => JSON.stringify(one))}::jsonb[])
        on conflict (slug) do update set service_group = excluded.service_group, claim_scope = excluded.claim_scope,
          minutes = excluded.minutes, position = excluded.position, detail = excluded.detail`,
  );
}

async function replaceHolidays(tx: Tx, file: HolidaysFile): Promise<void> {
  const days = observedDays(file);
  await run(tx, sql`delete from offices.holidays`);
  await run(
    tx,
    sql`insert into offices.holidays (calendar, on_date, id, name_es, name_en)
        select * from unnest(${days.map((one) => one.calendar)}::text[], ${days.map((one) => one.date)}::date[],
          ${days.map((one) => one.id)}::text[], ${days.map((one) => one.name.es)}::text[], ${days.map((one) => one.name.en)}::text[])`,
  );
}

async function replaceJurisdictions(tx: Tx, { jurisdictions: all }: JurisdictionsFile): Promise<void> {
  await run(tx, sql`delete from offices.jurisdictions`);
  await run(
    tx,
    sql`insert into offices.jurisdictions (office_id, area, extent, detail, level, source, valid_from, valid_to)
        select * from unnest(${all.map((one) => one.office)}::text[], ${all.map((one) => one.area)}::text[],
          ${all.map((one) => one.extent)}::text[], ${all.map((one) => one.detail)}::text[], ${all.map((one) => one.level)}::text[],
          ${all.map((one) => one.source)}::text[], ${all.map((one) => one.valid_from)}::date[], ${all.map((one) => one.valid_to)}::date[])`,
  );
}

async function replaceCatalogues(tx: Tx, lists: Readonly<Record<string, object>>, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into offices.catalogues (name, content, loaded_at)
        select name, content, ${now}::timestamptz
        from unnest(${Object.keys(lists)}::text[], ${Object.values(lists).map((one) => JSON.stringify(one))}::jsonb[]) as list (name, content)
        on conflict (name) do update set content = excluded.content, loaded_at = excluded.loaded_at`,
  );
}
