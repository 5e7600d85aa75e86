import { useQuery } from "@tanstack/react-query";
import { DRAW_ZONE } from "#kernel/draws.ts";
import { officesQuery } from "../../api/queries.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

const LOCALES = { es: "es-MX", en: "en-US" } as const;

/** Hours and days as the draws tell them. */
export function useWhen() {
  const locale = LOCALES[useLanguage()];
  const write = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options);
  return {
    /** `lun 30 nov, 20:00` in central Mexico. */
    moment: (at: string) =>
      write({
        timeZone: DRAW_ZONE,
        weekday: "short",
        day: "numeric",
        month: "short",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(new Date(at)),
    /** `20:00` in central Mexico. */
    clock: (at: Date) =>
      write({ timeZone: DRAW_ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at),
    /** `14 dic`; a local day is read in UTC. */
    day: (date: string) =>
      write({ timeZone: "UTC", day: "numeric", month: "short" }).format(new Date(`${date}T00:00:00Z`)),
    /** `lun 14 dic`. */
    weekday: (date: string) =>
      write({ timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }).format(
        new Date(`${date}T00:00:00Z`),
      ),
    count: (value: number) => value.toLocaleString(locale),
  };
}

/** Short names of offices and service groups. */
export function useNames() {
  const { data } = useQuery(officesQuery);
  const { groups } = useTexts(shellTexts);
  return {
    office: (id: string) => data?.find((one) => one.id === id)?.city ?? id,
    group: (group: string) => groups[group as keyof typeof groups] ?? group,
  };
}
