import { randomUUID } from "node:crypto";
import { book, cutCapacity, previewCut, previewTemplate } from "#modules/booking/index.ts";
import { fillHorizon, HORIZON_WEEKS } from "#modules/schedules/index.ts";
import { contextFor, systemContext, type Context, type Services } from "#platform/context.ts";
import { anApplicant, citizen, someContacts } from "#tests/support/fixtures.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { median, print } from "./support/figures.ts";
import { openWorld, servicesOf, type World } from "./support/world.ts";

const BENCH = "preview";
const OFFICE = "los-angeles" as OfficeId;
/** Days that are booked full as far as these go, and closed. */
const DAYS = 3;
const PARTIES = 250;

interface Day {
  readonly localDate: LocalDate;
  readonly starts: readonly Date[];
}

/** The first days that have room for all parties, with the hours of their places. */
async function daysWithRoom(world: World): Promise<Day[]> {
  return world.ask<{ localDate: LocalDate; starts: Date[] }>(
    `select s.local_date::text as "localDate", (array_agg(p.starts_at order by p.starts_at, p.counter))[1:$2] as starts
     from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
     where p.office_id = $1 and s.service_group = 'documentacion' and s.kind = 'regular' and p.state = 'open' and s.local_date > current_date + 7
     group by 1 having count(*) >= $2 order by 1 limit $3`,
    [OFFICE, PARTIES, DAYS],
  );
}

function supervisor(services: Services): Context {
  return contextFor(services, {
    actor: { kind: "staff", staffId: randomUUID(), officeId: OFFICE, role: "supervisor" },
    channel: "console",
    purpose: "office",
    requestId: "bench",
    language: "es",
  });
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const world = await openWorld();
const services = servicesOf(world);
await fillHorizon(systemContext(services, "bench"));
await world.ask("vacuum analyze schedules.places");
const asking = { ...services, adminQuery: (text: string, values?: unknown[]) => world.ask(text, values) };
const [booked, shown, closed]: number[][] = [[], [], []];
// The last day first: what is proposed lies after the lost day.
for (const [i, { localDate, starts }] of (await daysWithRoom(world)).reverse().entries()) {
  const contacts = await someContacts(asking as never, PARTIES);
  booked!.push(
    await secondsOf(() =>
      Promise.all(
        contacts.map(async (contactId, n) => {
          const done = await book(citizen(asking as never, contactId), {
            contactId,
            wanted: { officeId: OFFICE, localDate, startsAt: starts[n]! },
            applicants: [anApplicant(i * PARTIES + n)],
          });
          if (!done.ok) throw new Error(done.refusal.code);
        }),
      ),
    ),
  );
  shown!.push(await secondsOf(() => previewCut(supervisor(services), OFFICE, { localDate })));
  closed!.push(
    await secondsOf(async () => {
      const done = await cutCapacity(supervisor(services), OFFICE, { localDate, reason: "storm" });
      if (!done.ok) throw new Error(done.refusal.code);
    }),
  );
}
const [asked] = await world.ask<{ asked: number }>("select count(*)::int as asked from booking.proposals");
if (asked!.asked !== DAYS * PARTIES) throw new Error(`${asked!.asked} families were asked`);
const line = (figure: string, seconds: readonly number[], aim: string) =>
  print({ bench: BENCH, figure, value: median(seconds), unit: "s", reference: median(booked!), aim });
line(`closing an office's day with ${PARTIES} families, beside as many bookings`, closed!, "at most 1 of the bookings");
line(`seeing first whom that meets, beside the same bookings`, shown!, "at most 1 of the bookings");

// What is booked and cut by now stands in the way of the plan, as it would.
const [template] = await world.ask<{ id: string; from: LocalDate; counters: number }>(
  `select id, (current_date + 2)::text as "from", counters from schedules.templates
   where office_id = $1 and service_group = 'documentacion' and kind = 'regular' and valid_to is null`,
  [OFFICE],
);
const wish = {
  templateId: template!.id,
  from: template!.from,
  kind: "regular",
  weekdays: [1, 2, 3, 4, 5],
  layout: {
    breaks: null,
    reserves: { urgent: 0, walkIn: 0, assisted: 0 },
    stations: [],
    serviceGroup: "documentacion",
    opens: "09:00",
    closes: "15:00",
    counters: template!.counters - 1,
    stepMinutes: 15,
    percent: 90,
  },
} as const;
const [plain, planned]: number[][] = [[], []];
let rows = 0;
for (let run = 0; run < 5; run++) {
  plain!.push(
    await secondsOf(async () => {
      const found = await world.ask(
        `select p.*, s.step_minutes, s.local_date from schedules.places p join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id
         where p.office_id = $1 and s.template_id = $2 and s.local_date >= $3`,
        [OFFICE, template!.id, template!.from],
      );
      rows = found.length;
    }),
  );
  planned!.push(
    await secondsOf(async () => {
      const seen = await previewTemplate(supervisor(services), OFFICE, wish);
      if (!seen.ok) throw new Error(seen.refusal.code);
      if (seen.value.lost === 0) throw new Error("a counter less and a tenth less lose nothing");
    }),
  );
}
print({
  bench: BENCH,
  figure: `a template changed over ${HORIZON_WEEKS} weeks, ${rows} places, beside a plain query of them`,
  value: median(planned!),
  unit: "s",
  reference: median(plain!),
  aim: "at most 1 s",
});
await Promise.all([services.database.close(), services.keyring.close()]);
await world.close();
