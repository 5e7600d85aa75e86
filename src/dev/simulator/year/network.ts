import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { distanceKm, observedDays } from "#modules/offices/index.ts";
import { templatesOf, type Template } from "#modules/schedules/index.ts";
import { DRAWING_OFFICES, SERVICE_WEIGHTS } from "./parameters.ts";

export interface Office {
  readonly id: OfficeId;
  /** Position in the network. */
  readonly at: number;
  readonly zone: string;
  readonly lat: number;
  readonly lng: number;
  readonly templates: readonly Template[];
  /** Rest days of Mexico and of the host country. */
  readonly restDays: ReadonlySet<LocalDate>;
  /** Its places for documents are drawn; all others are had at once. */
  readonly draws: boolean;
}

export interface ServiceChoice {
  readonly group: ServiceGroup;
  readonly minutes: number;
  readonly weight: number;
}

export interface Network {
  readonly offices: readonly Office[];
  readonly services: readonly ServiceChoice[];
}

/** Templates hold from the first day of all. */
const SINCE = "2022-03-01" as LocalDate;

/** The network as it ships: offices, zones, planned sessions, both holiday calendars and the minutes of services. */
export function readNetwork(only?: readonly string[], directory = "db/reference"): Network {
  const read = <File>(name: string) => JSON.parse(readFileSync(join(directory, `${name}.json`), "utf8")) as File;
  const { offices } = read<{ offices: readonly (Omit<Office, "id"> & { id: OfficeId; country: string })[] }>("offices");
  const { services } = read<{ services: readonly ServiceRow[] }>("services");
  const rest = observedDays(read<Parameters<typeof observedDays>[0]>("holidays"));
  const planned = templatesOf(read<Parameters<typeof templatesOf>[0]>("planning"), SINCE);
  return {
    offices: offices
      .filter(({ id }) => only === undefined || only.includes(id))
      .map(({ id, zone, lat, lng, country }, at) => ({
        id,
        at,
        zone,
        lat,
        lng,
        templates: planned
          .filter((one) => one.officeId === id)
          .map((one) => ({ ...one, id: `${id} ${one.serviceGroup} ${one.kind}` })),
        restDays: new Set(
          rest.flatMap((day) =>
            day.calendar === "mx_lft74" || day.calendar === `${country.toLowerCase()}_federal`
              ? [day.date as LocalDate]
              : [],
          ),
        ),
        draws: DRAWING_OFFICES.includes(id),
      })),
    services: services.flatMap(({ slug, group, duration }) =>
      SERVICE_WEIGHTS[slug] === undefined
        ? []
        : [{ group, minutes: duration.slot_minutes, weight: SERVICE_WEIGHTS[slug] }],
    ),
  };
}

interface ServiceRow {
  readonly slug: string;
  readonly group: ServiceGroup;
  readonly duration: { readonly slot_minutes: number };
}

/** Offices no farther than that from one of them, itself first. */
export function officesAround({ offices }: Network, middle: Office, km: number): Office[] {
  return [middle, ...offices.filter((one) => one !== middle && distanceKm(one, middle) <= km)];
}
