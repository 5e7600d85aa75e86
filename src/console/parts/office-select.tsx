import { useQuery } from "@tanstack/react-query";
import { officesQuery } from "../api/queries.ts";
import { staffTexts } from "../texts/staff.ts";
import { useLanguage, useTexts } from "../texts/texts.ts";

/** The offices of the network by name. */
export function OfficeSelect({
  value,
  change,
  required,
}: {
  value: string;
  change: (officeId: string) => void;
  required?: boolean;
}) {
  const t = useTexts(staffTexts);
  const language = useLanguage();
  const { data } = useQuery(officesQuery);
  const offices = [...(data ?? [])].sort((a, b) => a.name[language].localeCompare(b.name[language], language));
  return (
    <select value={value} onChange={(event) => change(event.target.value)} required={required}>
      <option value="">{t.chooseOffice}</option>
      {offices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name[language]}
        </option>
      ))}
    </select>
  );
}
