import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { LocalDate } from "#kernel/ids.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { NO_EXTRAS, type Layout, type Template } from "./types.ts";

const reference = JSON.parse(readFileSync("db/reference/offices.json", "utf8")) as { offices: { zone: string }[] };
/** Every zone in which the network has an office. */
export const NETWORK_ZONES: readonly string[] = [...new Set(reference.offices.map((office) => office.zone))].sort();

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

export function aTemplate(own: Partial<Template> = {}): Template {
  return {
    id: randomUUID(),
    serviceGroup: "documentacion",
    kind: "regular",
    weekdays: EVERY_DAY,
    opens: "08:00",
    closes: "14:00",
    counters: 2,
    stepMinutes: 30,
    validFrom: "2026-01-01" as LocalDate,
    validTo: null,
    ...own,
  };
}

export function aLayout(own: Partial<Layout> = {}): Layout {
  return {
    ...NO_EXTRAS,
    serviceGroup: "documentacion",
    opens: "09:00",
    closes: "12:00",
    counters: 2,
    stepMinutes: 30,
    ...own,
  };
}

/** A hall of that office. */
export async function aVenue(services: TestServices, officeId: string, city = "Visalia"): Promise<string> {
  const [venue] = await services.adminQuery<{ id: string }>(
    `insert into schedules.venues (id, office_id, name, street, city, region, latitude, longitude)
     values (gen_random_uuid(), $1, 'Salón de ejemplo', '100 Example St', $2, 'CA', 36.3, -119.3) returning id`,
    [officeId, city],
  );
  return venue!.id;
}

/** A database in which only the given offices are open, each with its templates. */
export async function openSchedules(
  offices: Readonly<Record<string, { zone: string; country?: string; templates: readonly Template[] }>>,
  now: Date,
): Promise<TestServices> {
  const services = await openTestServices({ now });
  await services.adminQuery("update offices.offices set valid_to = valid_from");
  for (const [id, office] of Object.entries(offices)) {
    await services.adminQuery(
      "insert into offices.offices (id, zone, country, lat, lng, detail) values ($1, $2, $3, 0, 0, '{}')",
      [id, office.zone, office.country ?? "US"],
    );
    for (const template of office.templates) {
      await services.adminQuery(
        `insert into schedules.templates (id, office_id, service_group, kind, weekdays, opens, closes, counters, step_minutes, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          template.id,
          id,
          template.serviceGroup,
          template.kind,
          template.weekdays,
          template.opens,
          template.closes,
          template.counters,
          template.stepMinutes,
          template.validFrom,
          template.validTo,
        ],
      );
    }
  }
  return services;
}
