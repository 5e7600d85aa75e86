import { Link } from "react-router";
import type { PlanSession } from "../../api/plan-types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { longDate } from "../../parts/format.ts";
import { Table } from "../../parts/table.tsx";
import { stationsOf } from "../../rules/plan-calendar.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planTexts } from "../../texts/plan.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { pages } from "../../urls.ts";
import { PlaceBar, PlaceDrawing } from "./place-bar.tsx";

interface Props {
  readonly session: PlanSession;
  readonly close: () => void;
  readonly changeTemplate: (templateId: string) => void;
}

/** One opening by its counters, and the ways to change it. */
export function SessionDialog({ session, close, changeTemplate }: Props) {
  const t = useTexts(planTexts);
  const { groups } = useTexts(shellTexts);
  const language = useLanguage();
  const { serviceGroup, localDate, opens, closes, counters, stepMinutes, places, templateId } = session;
  return (
    <Dialog title={`${groups[serviceGroup]}, ${longDate(localDate, language)}`} close={close}>
      <p>
        {t.hours(opens, closes)} · {t.counters(counters, stepMinutes)}
      </p>
      <PlaceBar places={places} />
      <CounterTable session={session} />
      <StationTable session={session} />
      <div className="step-buttons">
        {templateId !== null && (
          <button type="button" className="button" onClick={() => changeTemplate(templateId)}>
            {t.changeTemplate}
          </button>
        )}
        <Link className="button" to={pages.cuts}>
          {t.cutIt}
        </Link>
      </div>
    </Dialog>
  );
}

/** Numbers of counters that nobody has begin here: what is given out because not everybody comes. */
const OVERBOOKED_FROM = 61;
const PARTS = ["taken", "free", "kept", "cut"] as const;

/** How full each counter is; reserves and closed places have a column where there are any. */
export function CounterTable({ session: { byCounter, places } }: { session: PlanSession }) {
  const t = useTexts(planTexts);
  const shown = PARTS.filter((part) => part === "taken" || part === "free" || places[part] > 0);
  return (
    <Table
      caption={t.byCounter}
      numbers
      heads={[t.counter, t.all, ...shown.map((part) => t.parts[part])]}
      rows={byCounter.map((one) => ({
        key: String(one.counter),
        cells: [
          <span key="counter" className="plan-counter">
            {one.counter >= OVERBOOKED_FROM ? t.overbooked : one.counter} <PlaceDrawing places={one} />
          </span>,
          one.all,
          ...shown.map((part) => one[part]),
        ],
      }))}
    />
  );
}

/** What each station carries on that day, beside the places that are given out; the one that holds the others up is marked. */
function StationTable({ session }: { session: PlanSession }) {
  const t = useTexts(planTexts);
  const { stationNames } = useTexts(planFormTexts);
  const carried = stationsOf(session);
  if (carried.length === 0) return null;
  return (
    <Table
      caption={t.byStation}
      numbers
      heads={[t.station, t.desks, t.minutesEach, t.carries]}
      rows={carried.map(({ station, desks, minutes, people, isSmallest }) => ({
        key: station,
        cells: [stationNames[station], desks, minutes, isSmallest ? t.smallest(people) : people],
      }))}
    />
  );
}
