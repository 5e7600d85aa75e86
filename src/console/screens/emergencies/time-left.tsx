import { useNow } from "../../api/clock.ts";
import { useSession } from "../../api/queries.ts";
import { clockTime, longDate } from "../../parts/format.ts";
import { timeLeft } from "../../rules/emergencies.ts";
import { emergencyTexts } from "../../texts/emergencies.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

const TICK_MS = 20_000;

/** Said in words beside the hour, so that colour alone tells nothing. */
export function TimeLeft({ dueAt }: { dueAt: string }) {
  const t = useTexts(emergencyTexts);
  const language = useLanguage();
  const { office } = useSession();
  const { late, unit, count } = timeLeft(dueAt, useNow(TICK_MS));
  const zone = office!.zone;
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date(dueAt));
  const words =
    unit === "hours" ? (late ? t.lateHours(count) : t.leftHours(count)) : late ? t.late(count) : t.left(count);
  return (
    <span className={late ? "time-left late" : "time-left"}>
      <strong>{words}</strong> <span className="soft">{t.dueAt(longDate(day, language), clockTime(dueAt, zone))}</span>
    </span>
  );
}
