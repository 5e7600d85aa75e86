import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { CashParty, IssuedDocumentView } from "#channels/api/console/issuing-contract.ts";
import { formatFolio } from "#kernel/folio.ts";
import type { LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { instantOf, MINUTE_MS } from "#kernel/time.ts";
import { getBooking } from "#modules/booking/index.ts";
import { offerDevice } from "#modules/visits/index.ts";
import { aBooking, staffContext } from "#modules/visits/visits.fixtures.ts";
import { TODAY, type TestApplication } from "#tests/support/application.ts";
import { anApplicant, aSession, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";
import { signInByButton } from "./console-steps.ts";
import type { Desk } from "./hall-desk.ts";
import type { Stage } from "./stage.ts";
import { aVisitor, button, textBox } from "./steps.ts";

/** Issue 5: so many appointments and walk-ins. */
const APPOINTMENTS = 250;
export const WALK_INS = 60;
export const BEFORE_THE_DOOR = 24;
export const PASSPORT = "pasaporte-adulto" as ServiceSlug;
export const MATRICULA = "matricula-consular" as ServiceSlug;
/** Cents of the tariff of 2026, written down here once more: of three years for adults, and half of it from 60 on. */
const PRICES = { [PASSPORT]: 10_100, [MATRICULA]: 4_100 } as Readonly<Record<string, number>>;
export const OLD = "1950-03-01" as LocalDate;
/** Documents that one request moves. */
const AT_ONCE = 40;

export const OPENS_AT = instantOf(TODAY, "08:00", FRESNO_ZONE).getTime();
let people = 0;
/** Somebody who comes for these services; each is somebody else. */
export const aPerson = (own: { services: ServiceSlug[]; bornOn?: LocalDate }) => anApplicant((people += 1), own);

export interface Household {
  readonly bookingId: string;
  readonly folio: string;
  readonly dueAt: number;
  readonly arrivesAt: number;
  readonly comes: boolean;
  readonly services: readonly ServiceSlug[];
  readonly old: boolean;
}
/** 250 households as the site books them: thirteen for each quarter of an hour, some late, ten never. */
export async function bookTheDay({ services }: TestApplication): Promise<Household[]> {
  await aSession(services, { localDate: TODAY, opens: "08:00", steps: 24, counters: 30 });
  const contacts = await someContacts(services, APPOINTMENTS);
  return Promise.all(
    contacts.map(async (contactId, i): Promise<Household> => {
      const startsAt = new Date(OPENS_AT + Math.floor(i / 13) * 15 * MINUTE_MS);
      const old = i % 12 === 4;
      const services_ = [...(i % 2 === 0 ? [PASSPORT] : [MATRICULA]), ...(i % 10 === 9 ? [MATRICULA] : [])];
      const applicants = services_.map((one, n) =>
        aPerson({ services: [one], ...(old && n === 0 ? { bornOn: OLD } : {}) }),
      );
      const wanted = { officeId: FRESNO, localDate: TODAY, startsAt };
      const bookingId = await aBooking(services, contactId, wanted, applicants);
      const { folio } = (await getBooking(citizen(services, contactId), contactId, bookingId))!;
      const lateMinutes = i % 83 === 11 ? 135 : i % 31 === 7 ? 25 : -20 + ((i * 7) % 18);
      return {
        bookingId,
        folio: formatFolio(folio),
        dueAt: startsAt.getTime(),
        arrivesAt: startsAt.getTime() + lateMinutes * MINUTE_MS,
        comes: i % 25 !== 13,
        services: services_,
        old,
      };
    }),
  );
}

/** The wall: it notes when each call stood in the document. */
async function openWall({ app, browser }: Stage, code: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await page.addInitScript(() => {
    const seen: Record<string, number> = {};
    Object.assign(globalThis, { seen });
    new MutationObserver(() => {
      for (const one of document.querySelectorAll<HTMLElement>("[data-call]"))
        seen[one.dataset["call"]!] ??= Date.now();
    }).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.goto(`${app.origin}/sala`);
  await textBox(page, "Código de la consola").fill(code);
  await button(page, "Dar de alta").click();
  await page.locator(".nobody").waitFor();
  await button(page, "Sala oscura").click();
  return page;
}

export interface Seen {
  readonly seen: Record<string, number>;
}
export const onWall = (wall: Page): Promise<Record<string, number>> =>
  wall.evaluate(() => (globalThis as unknown as Seen).seen);

export const peopleOf = (some: readonly Household[]): number => some.reduce((sum, one) => sum + one.services.length, 0);

/** From the captured document to its person, a family's key at a time. Leaves some on the shelf. */
export async function produce(
  { services }: TestApplication,
  desk: Desk,
  captured: readonly IssuedDocumentView[],
): Promise<{ spoiled: string[]; left: number }> {
  const now = new Map(captured.map((one) => [one.id, one]));
  const move = async (ids: readonly string[], path: string, more: object): Promise<void> => {
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      services.clock.advance(1_000);
      const some = ids.slice(from, from + AT_ONCE).map((id) => ({ id, version: now.get(id)!.version }));
      const { documents } = await desk.post<{ documents: IssuedDocumentView[] }>(path, { documents: some, ...more });
      for (const one of documents) now.set(one.id, one);
    }
  };
  const all = [...now.keys()];
  const booklets = all.filter((id) => now.get(id)!.blank === "booklet");
  await move(all, "/documents/move", { action: "produce" });
  const spoiled = ["G-1001", "G-1002"];
  for (const [i, number] of spoiled.entries()) {
    await move([booklets[i]!], "/documents/move", { action: "spoil", number });
    await move([booklets[i]!], "/documents/move", { action: "produce" });
  }
  await move(all, "/documents/move", { action: "ready" });
  await move([booklets[5]!], "/documents/undo", {});
  await move([booklets[5]!], "/documents/move", { action: "ready" });
  const left = 7;
  await move(all.slice(left), "/documents/move", { action: "deliver" });
  return { spoiled, left };
}

/** Counters of the hall; the wall draws as many calls as it has. */
export const SEATS = [
  { station: "filter", counter: 1 },
  { station: "cashier", counter: 2 },
  { station: "cashier", counter: 3 },
  { station: "capture", counter: 4 },
  { station: "capture", counter: 5 },
] as const;
/** Blanks that come in the morning. */
export const STOCK = { booklet: 500, card: 400 } as const;

/** Three stations, of which a matrícula needs two, and a full cupboard. */
export async function furnish({ services }: TestApplication, supervisor: Desk): Promise<void> {
  await services.adminQuery(
    "insert into visits.stations (office_id, station, counters) values ($1, 'filter', 1), ($1, 'cashier', 2), ($1, 'capture', 2)",
    [FRESNO],
  );
  await services.adminQuery(
    "insert into visits.routes (office_id, service, stations) values ($1, 'matricula-consular', '{cashier,capture}')",
    [FRESNO],
  );
  for (const [blank, quantity] of Object.entries(STOCK))
    await supervisor.post("/blanks", { id: randomUUID(), movement: "received", blank, quantity });
}

/** Door tablet, station, kiosk and wall, each in a browser profile of its own. */
export async function openFour(stage: Stage, supervisorId: string) {
  const { app, browser } = stage;
  const offered = async (kind: "screen" | "kiosk"): Promise<string> => {
    const told = await offerDevice(staffContext(app.services, supervisorId, "supervisor"), { kind });
    if (!told.ok) throw new Error(told.refusal.code);
    return told.value.code;
  };
  const wall = await openWall(stage, await offered("screen"));
  const kiosk = await (await browser.newContext({ viewport: { width: 1080, height: 1920 } })).newPage();
  await kiosk.goto(`${app.origin}/kiosko`);
  await textBox(kiosk, "Código de alta").fill(await offered("kiosk"));
  await button(kiosk, "Dar de alta").click();
  const door = await aVisitor(stage, { viewport: { width: 800, height: 1100 } });
  await signInByButton(door, app, "Puerta");
  const station = await aVisitor(stage, { viewport: { width: 1280, height: 800 } });
  await signInByButton(station, app, "Ventanilla");
  const among = (group: string, name: string | RegExp) => button(station.getByRole("group", { name: group }), name);
  await among("Estado del día", "En espera").click();
  await among("Estaciones", /^Captura/).click();
  return { wall, kiosk, door, station };
}

/** What the cashier took, kept by the test itself. */
interface Sums {
  paid: number;
  paidCount: number;
  exempt: number;
  exemptCount: number;
  /** One line of it. */
  payment: string;
}

/** A party pays what our own tariff says, or is exempted; the program refuses another total. */
export async function pays(
  desk: Desk,
  sums: Sums,
  { bookingId, turn, own }: { bookingId: string; turn: number; own: Pick<Household, "services" | "old"> },
): Promise<void> {
  const party = await desk.post<CashParty>("/cash/party", { bookingId });
  const items = party.documents.map(({ id, version, variant }) => ({
    id,
    version,
    choice: { variant, proofs: [], copies: 0 },
  }));
  const halves = (one: ServiceSlug, i: number): number => (own.old && i === 0 && one === PASSPORT ? 2 : 1);
  const totalCents = own.services.reduce((sum, one, i) => sum + PRICES[one]! / halves(one, i), 0);
  const kind = turn % 40 === 17 ? "exempt" : "paid";
  const how = kind === "exempt" ? { kind, reason: "no_means" } : { kind, means: party.means[0]!, receipt: `R-${turn}` };
  const { documents } = await desk.post<CashParty>("/cash/settle", { bookingId, items, totalCents, how });
  sums[kind] += totalCents;
  sums[`${kind}Count`] += documents.length;
  sums.payment = documents[0]!.payments[0]!.id;
}
