import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { StaticRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { planMonthQuery, planWeekQuery } from "../../api/plan.ts";
import type { CalendarView } from "../../rules/plan-calendar.ts";
import { aPlanMonth, aPlanWeek } from "../../testing/plan.ts";
import { Calendar } from "./calendar.tsx";

const week = aPlanWeek();
const empty = { ...week, days: week.days.map((day) => ({ ...day, closed: null, sessions: [], specialDays: [] })) };

function render(view: CalendarView, shown = week): string {
  const client = new QueryClient();
  client.setQueryData(planWeekQuery(week.from).queryKey, shown);
  client.setQueryData(planMonthQuery("2026-11").queryKey, aPlanMonth());
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <StaticRouter location="/calendario">
        <Calendar
          view={view}
          cursor="2026-11-25"
          today={week.today}
          setCursor={() => {}}
          openWeek={() => {}}
          edit={() => {}}
          changeTemplate={() => {}}
        />
      </StaticRouter>
    </QueryClientProvider>,
  );
}

describe("the calendar", () => {
  it("shows a week with how full it is, what was closed, its holiday and the day away", () => {
    const html = render("week");
    expect(html.match(/<li class="plan-day"/g)).toHaveLength(7);
    expect(html.match(/aria-current="date"/g)).toHaveLength(1);
    expect(html).toContain("20 de 35 con cita");
    expect(html).toContain("5 lugares cerrados");
    expect(html).toContain('data-state="closed"');
    expect(html).toContain("Acción de Gracias");
    expect(html).toContain("Salón de Ejemplo, Selma");
    expect(html).toContain("Suspendida");
    // A suspended day tells nobody how full it is: nobody is served there.
    expect(html.match(/con cita</g)).toHaveLength(1);
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  });

  it("says that a week opens nothing, and what to do then", () => {
    expect(render("week", empty)).toContain("Esta semana no abre nada");
    expect(render("week")).not.toContain("Esta semana no abre nada");
  });

  it("shows a month with its days said whole, drafts as such, and one way in for the keyboard", () => {
    const html = render("month");
    expect(html.match(/data-day="/g)).toHaveLength(30);
    expect(html).toContain("sábado, 28 de noviembre");
    expect(html).toContain("Consulado móvil, Selma (Borrador)");
    expect(html).toContain("57 % con cita");
    expect(html.match(/tabindex="0"/g)).toHaveLength(1);
  });
});
