import type { OfficeId } from "#kernel/ids.ts";
import { asOwner, run, sql, type Tx } from "#platform/db/index.ts";
import { listRestDays, type RestDay } from "../queries/calendars.ts";
import type { Template } from "../types.ts";

export interface Seeded {
  readonly templates: number;
  readonly closures: number;
}

/** Writes templates and closures that are not there yet, as the owner of the schema, in one transaction. */
export async function writeSeed(
  url: string,
  templates: readonly (Template & { officeId: OfficeId })[],
): Promise<Seeded> {
  return asOwner(url, async (tx) => ({
    templates: await insertTemplates(tx, templates),
    closures: await insertClosures(tx, await listRestDays(tx)),
  }));
}

/** Writes the templates of one seeding; a template that staff changed since stays theirs. Weekdays travel as text, for unnest would flatten an array of arrays. */
async function insertTemplates(tx: Tx, templates: readonly (Template & { officeId: OfficeId })[]): Promise<number> {
  if (templates.length === 0) return 0;
  return run(
    tx,
    sql`insert into schedules.templates (office_id, id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
        select t.office_id, t.id, t.service_group, t.kind, string_to_array(t.weekdays, ',')::smallint[], t.opens, t.closes, t.counters, t.step_minutes, t.valid_from, t.valid_to
        from unnest(${templates.map((one) => one.officeId)}::text[], ${templates.map((one) => one.id)}::uuid[], ${templates.map((one) => one.serviceGroup)}::text[],
          ${templates.map((one) => one.kind)}::text[], ${templates.map((one) => one.weekdays.join(","))}::text[], ${templates.map((one) => one.opens)}::time[],
          ${templates.map((one) => one.closes)}::time[], ${templates.map((one) => one.counters)}::smallint[], ${templates.map((one) => one.stepMinutes)}::smallint[],
          ${templates.map((one) => one.validFrom)}::date[], ${templates.map((one) => one.validTo)}::date[])
          as t (office_id, id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
        on conflict (id) do nothing`,
  );
}

async function insertClosures(tx: Tx, days: readonly RestDay[]): Promise<number> {
  if (days.length === 0) return 0;
  return run(
    tx,
    sql`insert into schedules.closures (office_id, local_date, reason, source)
        select * from unnest(${days.map((one) => one.officeId)}::text[], ${days.map((one) => one.date)}::date[],
          ${days.map((one) => one.holidayId)}::text[], ${days.map((one) => one.calendar)}::text[])
        on conflict do nothing`,
  );
}
