import { afterAll, beforeAll, expect, test } from "vitest";
import { anApplicant } from "#tests/support/fixtures.ts";
import { servicesOn } from "#tests/support/database.ts";
import { aBrowser, masked } from "./family-attempts.ts";
import { aFamilyWorld, body, FAMILY_PHONE, wish, type FamilyWorld, type Session } from "./family-world.ts";
import { openProgram } from "./program.ts";
import { HOURS } from "#tests/support/draw-world.ts";

/** Two families and a lodger on one prepaid telephone. Each books for the fourth, and asks in the draw. */
const HOUSEHOLDS = ["first family", "second family", "lodger"] as const;
interface File {
  readonly folio: string;
  readonly pin: string;
  readonly booking: string;
  readonly request: string;
}

let world: FamilyWorld;
const files = new Map<string, File>();
const person = (number: number) => {
  const { parents: _, ...one } = anApplicant(number);
  return one;
};

async function enter(folio: string, pin: string): Promise<Session> {
  const { token } = (await world.api("", "POST", "/sessions", {})).json<{ token: string }>();
  const opened = await world.api(token, "POST", "/sessions/card", { folio, pin });
  return opened.json<{ token: string }>().token;
}
async function ids(session: Session, of: "bookings" | "requests"): Promise<string[]> {
  const answer = await world.api(session, "GET", `/${of}`);
  return answer.json<Record<string, { id: string }[]>>()[of]!.map((one) => one.id);
}

beforeAll(async () => {
  world = await aFamilyWorld({ by: "stranger", ownPin: true });
  for (const [i, name] of HOUSEHOLDS.entries()) {
    world.services.clock.advance(20 * 60_000);
    const proved = await world.proved(FAMILY_PHONE);
    const made = (await world.api(proved, "POST", "/sessions/account", { silent: false })).json<
      Record<string, string>
    >();
    const session = made["token"]!;
    const booked = await world.api(
      session,
      "POST",
      "/bookings",
      body(person(800 + i), `2026-12-04T16:${i * 15 || "00"}:00.000Z`),
    );
    const asked = await world.api(session, "POST", "/requests", wish(person(810 + i)));
    if (booked.statusCode !== 201 || asked.statusCode !== 201) throw new Error(booked.body + asked.body);
    const [booking, request] = [booked, asked].map((one) => one.json<{ id: string }>().id);
    files.set(name, { folio: made["folio"]!, pin: made["pin"]!, booking: booking!, request: request! });
  }
}, 120_000);
afterAll(() => world.close());

test("each has a file of its own: its PIN opens it and nothing of the others, from booking to result", async () => {
  for (const to of [undefined, HOURS.lock, HOURS.round]) {
    if (to) await world.goOn(to);
    for (const [name, file] of files) {
      const session = await enter(file.folio, file.pin);
      // What a draw gave stands beside it from the result on.
      const bookings = await ids(session, "bookings");
      expect([name, bookings]).toEqual([name, expect.arrayContaining([file.booking])]);
      expect(await ids(session, "requests")).toEqual([file.request]);
      for (const [other, { booking, request }] of files) {
        if (other === name) continue;
        expect(bookings).not.toContain(booking);
        expect((await world.api(session, "GET", `/bookings/${booking}`)).statusCode).toBe(404);
        expect((await world.api(session, "POST", `/bookings/${booking}/cancel`)).statusCode).toBe(404);
        expect((await world.api(session, "GET", `/requests/${request}`)).statusCode).toBe(404);
      }
    }
  }
}, 120_000);

test("the telephone's next owner opens nothing old, and what she does is lost to nobody", async () => {
  const next = await world.proved(FAMILY_PHONE, "voice");
  const never = await world.proved("+15592341555", "voice");
  for (const path of ["/bookings", "/requests", "/emergencies"])
    expect(masked(await world.api(next, "GET", path))).toBe(masked(await world.api(never, "GET", path)));
  for (const { folio, booking, request } of files.values()) {
    expect((await world.api(next, "GET", `/bookings/${booking}`)).statusCode).toBe(404);
    expect((await world.api(next, "DELETE", `/requests/${request}`)).statusCode).toBe(404);
    // A folio of an account without its PIN is no proof either.
    expect((await world.api(next, "POST", "/bookings/open", { folio })).statusCode).toBe(422);
  }
  const birth = await world.api(next, "POST", "/bookings/open", { bornOn: "1990-05-17" });
  expect(birth.statusCode).toBe(422);
  // The three open theirs as before: no leak, no loss.
  for (const { folio, pin, booking } of files.values())
    expect(await ids(await enter(folio, pin), "bookings")).toContain(booking);
}, 120_000);

test("a fourth account on that telephone is made at a counter, also after one has taken it off: the maker is kept", async () => {
  await world.services.adminQuery(
    "delete from people.account_contacts where account_id = (select account_id from people.account_contacts limit 1)",
  );
  world.services.clock.advance(20 * 60_000);
  const again = await world.api(await world.proved(FAMILY_PHONE, "voice"), "POST", "/sessions/account", {
    silent: false,
  });
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, "ask_at_counter"]);
});

test("a session that was ended on another telephone is nobody's at every node, at the next request", async () => {
  const beside = await openProgram(servicesOn(world.services.url, { now: world.services.clock.now() }));
  try {
    const { folio, pin, booking } = files.get("lodger")!;
    const lost = await enter(folio, pin);
    const ask = (token: Session) =>
      beside.web.inject({ url: `/api/v1/bookings/${booking}`, headers: { authorization: `Bearer ${token}` } });
    expect((await ask(lost)).statusCode).toBe(200);
    const browser = aBrowser(world);
    await browser.post("/mi-cuenta/tarjeta", { folio, pin });
    const pressed = performance.now();
    expect((await browser.post("/mi-cuenta/cerrar-otras")).body).toContain("Solo queda abierta esta visita.");
    expect((await ask(lost)).statusCode).toBe(401);
    const ms = performance.now() - pressed;
    process.stdout.write(`a lost telephone is shut out at another node ${ms.toFixed(0)} ms after the press\n`);
    expect(ms).toBeLessThan(1_000);
  } finally {
    await beside.close();
  }
});
