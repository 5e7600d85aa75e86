import type { CutPreview } from "../../api/types.ts";
import { clockTime, longDate } from "../../parts/format.ts";
import { cutTexts } from "../../texts/cuts.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

/** Parties that would lose their place, each with where it could go; folios and hours, no names. */
export function Affected({ parties, zone }: { parties: CutPreview["parties"]; zone: string }) {
  const t = useTexts(cutTexts);
  const { columns } = t;
  const place = usePlace(zone);
  if (parties.length === 0) return <p>{t.nobody}</p>;
  return (
    <table className="cut-table">
      <caption>{t.affected(parties.length)}</caption>
      <thead>
        <tr>
          <th scope="col">{columns.folio}</th>
          <th scope="col">{columns.people}</th>
          <th scope="col">{columns.hour}</th>
          <th scope="col">{columns.to}</th>
        </tr>
      </thead>
      <tbody>
        {parties.map((party) => (
          <tr key={party.bookingId}>
            <th scope="row">{t.folio(party.folioTail)}</th>
            <td data-head={columns.people}>{party.people}</td>
            <td data-head={columns.hour}>{clockTime(party.startsAt, zone)}</td>
            <td data-head={columns.to}>
              {party.sameHour ? t.sameHour : party.proposed ? place(party.proposed) : <strong>{t.none}</strong>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `viernes, 4 de diciembre, 08:00`. */
export function usePlace(zone: string) {
  const language = useLanguage();
  return ({ localDate, startsAt }: { readonly localDate: string; readonly startsAt: string }) =>
    `${longDate(localDate, language)}, ${clockTime(startsAt, zone)}`;
}
