import { readFileSync } from "node:fs";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import {
  chainsFrom,
  checklistFrom,
  linesFrom,
  planningFrom,
  serviceFrom,
  type RawCatalogues,
  type RawService,
} from "./queries/raw.ts";
import { publicFacts } from "./rules/offices.ts";
import { observedDays, type HolidaysFile } from "./store/holidays.ts";
import { factsOf, type OfficesFile, type PlanningFile } from "./store/office-facts.ts";
import type { Fact, Network, Office, Service } from "./types.ts";

/** A file of db/reference as it stands. */
export function readReference<T>(name: string): T {
  return JSON.parse(readFileSync(`db/reference/${name}.json`, "utf8")) as T;
}

type ServicesFile = {
  services: (RawService & { slug: string; group: string; claim_scope: string; duration: { slot_minutes: number } })[];
};

/** The real network out of the files, without a database. */
export function networkOfFiles(): Network {
  const offices = readReference<OfficesFile>("offices");
  const planningFile = readReference<PlanningFile & RawCatalogues["planning"]>("planning");
  const planning = planningFrom(planningFile);
  const chains = chainsFrom(readReference<RawCatalogues["chains"]>("chains"));
  const all = offices.offices.map((raw): Office => {
    const shown = publicFacts(
      factsOf(raw, planningFile, false).map((fact) => ({ ...fact, confirmedAt: undefined, dueAt: undefined }) as Fact),
    );
    return {
      id: raw.id as OfficeId,
      type: raw.type,
      name: raw.name,
      shortName: raw.short_name,
      city: raw.city,
      state: raw.state,
      postalCode: shown.address?.value.postalCode,
      country: raw.country as Office["country"],
      zone: raw.zone,
      lat: raw.lat,
      lng: raw.lng,
      validFrom: raw.valid_from as LocalDate,
      publicFacts: shown,
      jurisdictions: [],
    };
  });
  const services = readReference<ServicesFile>("services").services.map((detail): Service =>
    serviceFrom(
      {
        slug: detail.slug as Service["slug"],
        group: detail.group as Service["group"],
        claimScope: detail.claim_scope,
        minutes: detail.duration.slot_minutes,
        detail,
      },
      planning,
      chains,
    ),
  );
  return {
    offices: all,
    officeById: new Map(all.map((office) => [office.id, office])),
    services,
    serviceBySlug: new Map(services.map((service) => [service.slug, service])),
    holidays: observedDays(readReference<HolidaysFile>("holidays")).map((day) => ({
      ...day,
      date: day.date as LocalDate,
    })),
    checklist: checklistFrom(readReference<RawCatalogues["checklist"]>("checklist")),
    chains,
    planning,
    lines: linesFrom(offices.national_lines as RawCatalogues["lines"]),
  };
}
