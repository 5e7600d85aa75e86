import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { StaticRouter } from "react-router";
import { describe, expect, it } from "vitest";
import { fileQuery, officeFileQuery, SessionContext, todayQuery } from "../../api/queries.ts";
import { aDay, aFile, anOfficeFile, aSession } from "../../testing/day.ts";
import { OfficeFileScreen } from "../office-file/office-file.tsx";
import { PartyPanel } from "../party/party-panel.tsx";
import { TodayScreen } from "./today.tsx";

/** A big office on a full day. */
const PARTIES = 300;
const day = aDay(PARTIES);
const family = day.parties.find(({ people, visit }) => people.length === 4 && visit?.state === "waiting")!;

function render(screen: ReactNode): string {
  const client = new QueryClient();
  client.setQueryData(todayQuery.queryKey, day);
  client.setQueryData(fileQuery(family.bookingId).queryKey, aFile(family));
  client.setQueryData(officeFileQuery(undefined).queryKey, anOfficeFile(true));
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <StaticRouter location="/hoy">
        <SessionContext value={aSession()}>{screen}</SessionContext>
      </StaticRouter>
    </QueryClientProvider>,
  );
}

describe("the screens", () => {
  it("show the day with one row for each expected party and counts that add up", () => {
    const html = render(<TodayScreen />);
    const counts = [...html.matchAll(/class="tab-count">(\d+)</g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(PARTIES);
    expect(html.match(/class="row row-expected"/g)).toHaveLength(counts[0]!);
  });

  it("show of a family every person, every service and one key for all", () => {
    const html = render(
      <PartyPanel
        bookingId={family.bookingId}
        party={family}
        today={day.localDate}
        suspensions={[]}
        busy={false}
        step={() => {}}
        act={() => {}}
        issueAll={() => {}}
        undo={() => {}}
        close={() => {}}
      />,
    );
    for (const { givenNames } of family.people) expect(html).toContain(givenNames);
    expect(html).toContain("Todo entregado, 4 personas");
    expect(html.match(/<fieldset class="service-outcome">/g)).toHaveLength(
      family.appointments.flatMap(({ services }) => services).length,
    );
    expect(html).toContain("el permiso tiene 105 días: pasa de 90");
    expect(html).toContain("Declaró: fecha límite domingo, 20 de diciembre. Pida el papel.");
    // One child's permission is missing and may be recorded, the other's has come and may be taken back.
    expect(html.match(/>(falta el permiso|permiso recibido)</g)).toEqual([">falta el permiso<", ">permiso recibido<"]);
    expect(html.match(/>(Permiso recibido|Deshacer permiso recibido)</g)).toHaveLength(2);
  });

  it("show each fact of the office with how far it can be trusted", () => {
    const html = render(<OfficeFileScreen />);
    expect(html.match(/<li class="fact"/g)).toHaveLength(anOfficeFile(true).fields.length);
    expect(html).toContain("4 de 11 datos al día");
  });
});
