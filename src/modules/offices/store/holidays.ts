import type { Bilingual } from "../types.ts";

export interface HolidaysFile {
  readonly calendars: Readonly<
    Record<
      string,
      {
        readonly years: Readonly<
          Record<
            string,
            readonly {
              readonly id: string;
              readonly name: Bilingual;
              readonly date: string;
              readonly observed?: string;
            }[]
          >
        >;
      }
    >
  >;
}

/**
 * Every day on which an office rests. A US holiday that falls on a weekend is kept on a working day
 * beside it; both are closed, because some offices open on Saturdays.
 */
export function observedDays(file: HolidaysFile): { calendar: string; date: string; id: string; name: Bilingual }[] {
  return Object.entries(file.calendars).flatMap(([calendar, { years }]) =>
    Object.values(years)
      .flat()
      .flatMap(({ id, name, date, observed }) => {
        const day = { calendar, date, id, name };
        if (observed === undefined || observed === date) return [day];
        return [
          day,
          { ...day, date: observed, name: { es: `${name.es} (día observado)`, en: `${name.en} (observed)` } },
        ];
      }),
  );
}
