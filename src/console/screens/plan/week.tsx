import { useState } from "react";
import type { PlanSession, PlanWeek, SpecialDay } from "../../api/plan-types.ts";
import { dayHead, longDate } from "../../parts/format.ts";
import { Blank } from "../../parts/loading.tsx";
import { holidayTexts } from "../../texts/holidays.ts";
import { planTexts } from "../../texts/plan.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { SessionButton, SpecialDayButton } from "./day-parts.tsx";
import { SessionDialog } from "./session-dialog.tsx";
import { SpecialDayDialog } from "./special-day-dialog.tsx";

interface Props {
  readonly week: PlanWeek;
  readonly cursor: string;
  readonly edit: (draft: SpecialDay) => void;
  readonly changeTemplate: (templateId: string) => void;
}

type Opened = { readonly session: PlanSession["id"] } | { readonly specialDay: SpecialDay["id"] };

/** Seven days side by side, or one below the other where there is no room; a day that opens something can be looked into. */
export function Week({ week, cursor, edit, changeTemplate }: Props) {
  const t = useTexts(planTexts);
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  const sessions = week.days.flatMap((day) => day.sessions);
  const specialDays = week.days.flatMap((day) => day.specialDays);
  const session = opened && "session" in opened ? sessions.find(({ id }) => id === opened.session) : undefined;
  const specialDay =
    opened && "specialDay" in opened ? specialDays.find(({ id }) => id === opened.specialDay) : undefined;

  return (
    <>
      {sessions.length + specialDays.length === 0 && <Blank title={t.nothingThisWeek} help={t.nothingHelp} />}
      <ol className="plan-week">
        {week.days.map((day) => (
          <Day key={day.localDate} day={day} today={week.today} isCursor={day.localDate === cursor} open={setOpened} />
        ))}
      </ol>
      {session && <SessionDialog session={session} close={close} changeTemplate={changeTemplate} />}
      {specialDay && (
        <SpecialDayDialog
          key={specialDay.id}
          day={specialDay}
          sessions={sessions.filter(({ specialDayId }) => specialDayId === specialDay.id)}
          close={close}
          edit={edit}
        />
      )}
    </>
  );
}

interface DayProps {
  readonly day: PlanWeek["days"][number];
  readonly today: string;
  readonly isCursor: boolean;
  readonly open: (opened: Opened) => void;
}

function Day({ day: { localDate, closed, sessions, specialDays }, today, isCursor, open }: DayProps) {
  const t = useTexts(planTexts);
  const holidays = useTexts(holidayTexts);
  const language = useLanguage();
  const isToday = localDate === today;
  const weekly = sessions.filter(({ specialDayId }) => specialDayId === null);
  return (
    <li
      className="plan-day"
      data-day={localDate}
      data-today={isToday || undefined}
      data-past={localDate < today || undefined}
      tabIndex={isCursor ? 0 : -1}
      aria-label={longDate(localDate, language)}
      aria-current={isToday ? "date" : undefined}
    >
      <h3 aria-hidden="true">
        {dayHead(localDate, language)} {isToday && <span className="tag">{t.today}</span>}
      </h3>
      {closed !== null && <p className="plan-holiday">{holidays[closed as keyof typeof holidays] ?? t.closed}</p>}
      {specialDays.map((one) => (
        <SpecialDayButton
          key={one.id}
          day={one}
          sessions={sessions.filter(({ specialDayId }) => specialDayId === one.id)}
          open={() => open({ specialDay: one.id })}
        />
      ))}
      {weekly.map((session) => (
        <SessionButton key={session.id} session={session} open={() => open({ session: session.id })} />
      ))}
      {closed === null && sessions.length + specialDays.length === 0 && <p className="soft">{t.nothing}</p>}
    </li>
  );
}
