import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folioFrom, formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { contextOf, staffActor } from "../people.fixtures.ts";
import { PIN_LOCK_MINUTES, PIN_TRIES } from "../rules.ts";
import { issueCard, openWithCard, type IssuedCard } from "./cards.ts";
import { endSession, findSession, openSession } from "./sessions.ts";

let services: TestServices;
let clerk: Context;
beforeAll(async () => {
  services = await openTestServices();
  await services.adminQuery(
    "insert into offices.offices (id, zone, country, lat, lng, detail) values ('prueba', 'America/Chicago', 'US', 41.9, -87.6, '{}') on conflict do nothing",
  );
  clerk = contextOf(services, await staffActor(services, "prueba"));
});
afterAll(() => services.close());

async function issued(): Promise<IssuedCard & { wrongPin: string }> {
  const card = await issueCard(clerk);
  if (!card.ok) throw new Error(card.refusal.code);
  return { ...card.value, wrongPin: card.value.pin === "000000" ? "000001" : "000000" };
}
const newSession = async () => (await openSession(contextOf(services), { language: "es", channel: "web" })).session.id;
const open = async (folio: string, pin: string) =>
  openWithCard(contextOf(services), { sessionId: await newSession(), folio, pin });
/** A folio that nobody holds: its bytes are counted up, far from any random one. */
const nobodysFolio = (n: number) => folioFrom(Uint8Array.from({ length: 12 }, () => n));

describe("a paper card", () => {
  it("opens the same kind of session as a code does, typed as people type it", async () => {
    const { folio, pin, contactId } = await issued();
    const opened = await open(formatFolio(folio).toLowerCase(), ` ${pin.slice(0, 3)} ${pin.slice(3)}`);
    if (!opened.ok) throw new Error(opened.refusal.code);
    expect(opened.value.session).toMatchObject({ contactId, contactKind: "card", verifiedAt: services.clock.now() });
    expect(await findSession(services, opened.value.token)).toEqual(opened.value.session);
  });

  it("is issued by who works at a counter and by nobody else", async () => {
    const { actor } = clerk;
    if (actor.kind !== "staff") throw new Error("a clerk was expected");
    for (const other of [
      { ...actor, role: "hq" as const, officeId: undefined },
      { ...actor, role: "admin" as const, officeId: undefined },
      { kind: "system" as const },
    ]) {
      expect(await issueCard(contextOf(services, other))).toMatchObject({ refusal: { code: "not_allowed" } });
    }
  });

  it("leaves neither folio nor PIN in any table", async () => {
    const { folio, pin } = await issued();
    const text = JSON.stringify(
      await services.adminQuery(
        "select c::text, k::text, e::text from people.cards c join people.contact_keys k using (contact_id), audit.entries e",
      ),
    );
    expect(text).not.toContain(folio);
    expect(text).not.toMatch(new RegExp(`[^0-9a-f]${pin}[^0-9a-f]`));
  });

  it("tells a slip of the pen before anything is counted", async () => {
    const { folio, pin } = await issued();
    expect(await open(folio.slice(1), pin)).toMatchObject({ refusal: { code: "card_mistyped" } });
    expect(await open(folio, "12345")).toMatchObject({ refusal: { code: "card_mistyped" } });
  });

  it("answers an unknown folio like a wrong PIN, try for try, and locks both alike", async () => {
    const { folio, pin, wrongPin } = await issued();
    const answers = async (typed: string) => {
      const codes: unknown[] = [];
      for (let i = 0; i <= PIN_TRIES; i++) codes.push(await open(typed, wrongPin));
      return codes;
    };
    const known = await answers(folio);
    expect(known).toEqual(await answers(nobodysFolio(3)));
    expect(known.at(-2)).toEqual({ ok: false, refusal: { code: "wrong_card", attemptsLeft: 0 } });
    const until = new Date(services.clock.now().getTime() + PIN_LOCK_MINUTES * MINUTE_MS);
    expect(known.at(-1)).toEqual({ ok: false, refusal: { code: "card_locked", until } });
    expect(await open(folio, pin)).toMatchObject({ refusal: { code: "card_locked" } });
    services.clock.advance(PIN_LOCK_MINUTES * MINUTE_MS);
    expect(await open(folio, pin)).toMatchObject({ ok: true });
  });

  it("takes about as long for an unknown folio as for a wrong PIN", async () => {
    const { folio, wrongPin } = await issued();
    const time = async (typed: string) => {
      const start = performance.now();
      await open(typed, wrongPin);
      return performance.now() - start;
    };
    const [known, unknown] = [[] as number[], [] as number[]];
    for (let i = 0; i < 2; i++) {
      known.push(await time(folio));
      unknown.push(await time(nobodysFolio(4)));
    }
    // Without the hash an unknown folio would take a twentieth.
    expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 3);
  });

  it("gives parallel guesses five tries in all", async () => {
    const { folio, wrongPin } = await issued();
    const sessions = await Promise.all(Array.from({ length: 20 }, newSession));
    const outcomes = await Promise.all(
      sessions.map((sessionId) => openWithCard(contextOf(services), { sessionId, folio, pin: wrongPin })),
    );
    const codes = outcomes.map((one) => (one.ok ? "opened" : one.refusal.code));
    expect(codes.filter((code) => code === "wrong_card")).toHaveLength(PIN_TRIES);
    expect(codes.filter((code) => code === "card_locked")).toHaveLength(20 - PIN_TRIES);
  });

  it("forgets wrong tries after the right PIN", async () => {
    const { folio, pin, wrongPin } = await issued();
    for (let i = 0; i < PIN_TRIES - 1; i++) await open(folio, wrongPin);
    expect(await open(folio, pin)).toMatchObject({ ok: true });
    expect(await open(folio, wrongPin)).toMatchObject({ refusal: { attemptsLeft: PIN_TRIES - 1 } });
  });

  it("opens nothing for a session that has ended", async () => {
    const { folio, pin } = await issued();
    const sessionId = await newSession();
    await endSession(contextOf(services), sessionId);
    expect(await openWithCard(contextOf(services), { sessionId, folio, pin })).toMatchObject({
      refusal: { code: "no_session" },
    });
  });

  it("is found by the new key after it was used during a rotation", async () => {
    const { folio, pin } = await issued();
    await services.keyring.rotate("card");
    expect(await open(folio, pin)).toMatchObject({ ok: true });
    await services.keyring.endRotation("card");
    expect(await open(folio, pin)).toMatchObject({ ok: true });
  });
});
