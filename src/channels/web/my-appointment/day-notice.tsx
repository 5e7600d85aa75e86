import { localDateAt } from "#kernel/time.ts";
import type { OwnDay } from "#modules/visits/index.ts";
import { Notice } from "#ui/index.ts";
import { dayTexts } from "../texts/day.ts";
import { dayInWords } from "../texts/format.ts";
import { timeAt } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";

/** Above an appointment on a day that goes wrong: what the message said, as it is now. Nothing on any other day. */
export function DayNotice({ opened, day }: { opened: Opened; day: OwnDay }) {
  const { language, view, network, ctx } = opened;
  const t = dayTexts(language);
  const office = network.officeById.get(view.officeId)!;
  const today = localDateAt(ctx.now, office.zone);
  if (view.state !== "active" || view.displaced) return null;
  const mayReturn = day.returnUntil !== null && day.returnUntil >= today && (
    <Notice tone="info" title={t("returnTitle", { day: dayInWords(day.returnUntil, language, today) })}>
      <p>{t("returnText")}</p>
      <p>{t("returnBring")}</p>
    </Notice>
  );
  if (view.localDate !== today) return mayReturn || null;
  if (day.newsAt)
    return (
      <>
        <Notice tone="warning" title={t("stayTitle")}>
          <p>
            {day.newsAt > ctx.now
              ? t("stayText", { time: timeAt(day.newsAt, office, language) })
              : // No news came at that hour: nobody waits for one that is over.
                t("stayWithoutHour")}
          </p>
          <p>{t("kept")}</p>
        </Notice>
        {mayReturn}
      </>
    );
  return (
    <>
      {day.hourAt && day.hourAt > ctx.now && (
        <Notice tone="warning" title={t("hourTitle", { time: timeAt(day.hourAt, office, language) })}>
          <p>{t("hourText")}</p>
        </Notice>
      )}
      {mayReturn}
    </>
  );
}
