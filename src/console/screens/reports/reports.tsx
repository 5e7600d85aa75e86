import { useState } from "react";
import { useSearchParams } from "react-router";
import { useSession } from "../../api/queries.ts";
import { OfficeSelect } from "../../parts/office-select.tsx";
import { Blank } from "../../parts/loading.tsx";
import { reportTexts } from "../../texts/reports.ts";
import { useTexts } from "../../texts/texts.ts";
import { CarePart } from "./care.tsx";
import { NetworkPart } from "./network.tsx";
import { OfficePart } from "./office.tsx";
import { PrioritiesPart } from "./priorities.tsx";
import { SheetPart } from "./sheet.tsx";
import { WeekPart } from "./week.tsx";
import "../../styles/reports.css";
import "../../styles/care.css";

const PARTS = ["sheet", "week", "office", "care", "priorities", "network"] as const;
type Part = (typeof PARTS)[number];

/** The list of the day for whoever receives people; how the weeks go for whoever runs an office, or sees them all. */
export function ReportsScreen() {
  const t = useTexts(reportTexts);
  const { may, office } = useSession();
  const [params, setParams] = useSearchParams();
  const [chosen, setChosen] = useState("");
  const readsCounts = may.includes("read_counts");
  const has: Readonly<Record<Part, boolean>> = {
    sheet: office !== null && may.includes("see_today"),
    week: readsCounts,
    office: readsCounts,
    care: readsCounts,
    priorities: readsCounts && office !== null,
    network: readsCounts && office === null,
  };
  const parts = PARTS.filter((part) => has[part]);
  const shown = parts.find((part) => part === params.get("parte")) ?? parts[0]!;
  const officeId = office?.id ?? chosen;

  return (
    <div className="page reports">
      <h1>{t.title}</h1>
      {parts.length > 1 && (
        <nav className="report-parts" aria-label={t.partsLabel}>
          {parts.map((part) => (
            <button
              key={part}
              type="button"
              className="button"
              aria-current={part === shown ? "page" : undefined}
              onClick={() => setParams({ parte: part })}
            >
              {t.parts[part]}
            </button>
          ))}
        </nav>
      )}
      {office === null && shown !== "network" && (
        <label className="report-office">
          {t.office}
          <OfficeSelect value={chosen} change={setChosen} />
        </label>
      )}
      {shown === "network" ? (
        <NetworkPart />
      ) : officeId === "" ? (
        <Blank title={t.chooseOffice} />
      ) : shown === "sheet" ? (
        <SheetPart />
      ) : shown === "week" ? (
        <WeekPart key={officeId} officeId={officeId} />
      ) : shown === "priorities" ? (
        <PrioritiesPart />
      ) : shown === "care" ? (
        <CarePart key={officeId} officeId={officeId} />
      ) : (
        <OfficePart key={officeId} officeId={officeId} />
      )}
    </div>
  );
}
