import type { CutPreview } from "../../api/types.ts";
import { clockTime, longDate } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** Parties that would lose their place, each with where it could go; folios and hours, no names. */
export function Affected({ parties, zone }: { parties: CutPreview["parties"]; zone: string }) {
  const t = useTexts(cutTexts);
  const { columns } = t;
  const place = usePlace(zone);
  if (parties.length === 0) return <p>{t.nobody}</p>;
  return (
    <Table
      caption={t.affected(parties.length)}
      heads={[columns.folio, columns.people, columns.hour, columns.to]}
      rows={parties.map(({ bookingId, folioTail, people, startsAt, sameHour, proposed }) => ({
        key: bookingId,
        cells: [
          t.folio(folioTail),
          people,
          clockTime(startsAt, zone),
          sameHour ? t.sameHour : proposed ? place(proposed) : <strong>{t.none}</strong>,
        ],
      }))}
    />
  );
}

/** `viernes, 4 de diciembre, 08:00`. */
export function usePlace(zone: string) {
  const language = useLanguage();
  return ({ localDate, startsAt }: { readonly localDate: string; readonly startsAt: string }) =>
    `${longDate(localDate, language)}, ${clockTime(startsAt, zone)}`;
}
