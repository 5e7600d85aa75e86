import type { ClosingPreview } from "../../api/types.ts";
import { Table } from "../../parts/table.tsx";
import { closingTexts } from "../../texts/closings.ts";
import { useTexts } from "../../texts/texts.ts";

type Loss = ClosingPreview["offices"][number];

/** What each office would lose, and all of them together. */
export function Losses({ offices, nameOf }: { offices: readonly Loss[]; nameOf: (officeId: string) => string }) {
  const t = useTexts(closingTexts);
  const { columns } = t;
  const cells = ({ places, parties, people, proposed }: Omit<Loss, "officeId" | "inside">) => [
    places,
    parties,
    people,
    proposed,
    parties - proposed,
  ];
  const sum = (key: "places" | "parties" | "people" | "proposed") => offices.reduce((all, one) => all + one[key], 0);
  const total = { places: sum("places"), parties: sum("parties"), people: sum("people"), proposed: sum("proposed") };
  const held = offices.filter((one) => one.inside > 0);
  return (
    <>
      <Table
        numbers
        heads={[columns.office, columns.places, columns.parties, columns.people, columns.proposed, columns.left]}
        rows={[
          ...offices.map((one) => ({ key: one.officeId, cells: [nameOf(one.officeId), ...cells(one)] })),
          ...(offices.length > 1
            ? [{ key: "total", cells: [<strong key="total">{t.total}</strong>, ...cells(total)] }]
            : []),
        ]}
      />
      {held.map((one) => (
        <p key={one.officeId}>
          <strong>{nameOf(one.officeId)}.</strong> {t.inside(one.inside)}
        </p>
      ))}
      {held.length > 0 && <p>{t.insideHelp}</p>}
    </>
  );
}
