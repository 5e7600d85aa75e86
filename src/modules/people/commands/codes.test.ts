import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactId } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { askForCode, contextOf, verifiedSession } from "../people.fixtures.ts";
import { contactAddress, listCodesToSend } from "../queries.ts";
import { CODE_TRIES, CODES_PER_DAY, CODES_PER_WINDOW, STRANGER_TRIES_PER_DAY } from "../rules.ts";
import { requestCode } from "./codes.ts";
import { endOtherSessions, endSession, findSession, openSession } from "./sessions.ts";
import { verifyCode } from "./verification.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const submit = (sessionId: string, code: string) => verifyCode(contextOf(services), { sessionId, code });
const isWithheld = async (codeId: string): Promise<boolean> =>
  (await services.adminQuery<{ withheld: boolean }>("select withheld from people.codes where id = $1", [codeId]))[0]!
    .withheld;

describe("a session", () => {
  it("is found by its token and by nothing else, until it ends", async () => {
    const { token, session } = await openSession(contextOf(services), { language: "en", channel: "web" });
    expect(await findSession(services, token)).toEqual(session);
    expect(
      await findSession(
        services,
        token.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
      ),
    ).toBeUndefined();
    expect(JSON.stringify(await services.adminQuery("select * from people.sessions"))).not.toContain(token);
    await endSession(contextOf(services), session.id);
    expect(await findSession(services, token)).toBeUndefined();
  });

  it("answers many tokens at once, each its own", async () => {
    const opened = await Promise.all(
      Array.from({ length: 300 }, () => openSession(contextOf(services), { language: "es", channel: "web" })),
    );
    const found = await Promise.all(opened.map((one) => findSession(services, one.token)));
    expect(found.map((one) => one?.id)).toEqual(opened.map((one) => one.session.id));
  });

  it("is verified for an hour after its last use, then remembers only that it knew a contact", async () => {
    const { token } = await verifiedSession(services, "duracion@example.org");
    for (let i = 0; i < 3; i++) {
      services.clock.advance(50 * MINUTE_MS);
      expect((await findSession(services, token))?.contactId).toBeDefined();
    }
    services.clock.advance(60 * MINUTE_MS);
    const lapsed = await findSession(services, token);
    expect(lapsed).toMatchObject({ hadContactBefore: true });
    expect([lapsed?.contactId, lapsed?.verifiedAt]).toEqual([undefined, undefined]);
  });
});

describe("verifying", () => {
  it("changes the token and names the contact", async () => {
    const { token: before, session } = await openSession(contextOf(services), { language: "es", channel: "web" });
    const { digits } = await askForCode(services, "token@example.org", { sessionId: session.id });
    const verified = await submit(session.id, digits);
    if (!verified.ok) throw new Error(verified.refusal.code);
    expect(await findSession(services, before)).toBeUndefined();
    expect(await findSession(services, verified.value.token)).toEqual(verified.value.session);
    expect(verified.value.session).toMatchObject({
      id: session.id,
      contactKind: "email",
      verifiedAt: services.clock.now(),
    });
  });

  it("counts wrong tries and ends the code with the fifth", async () => {
    const { sessionId, digits, wrong } = await askForCode(services, "cinco@example.org");
    for (let left = CODE_TRIES - 1; left >= 0; left--) {
      expect(await submit(sessionId, wrong)).toMatchObject({ refusal: { code: "wrong_code", attemptsLeft: left } });
    }
    expect(await submit(sessionId, digits)).toMatchObject({ refusal: { code: "code_expired" } });
  });

  it("takes no try for what is no code, and refuses an expired one", async () => {
    const { sessionId, digits } = await askForCode(services, "tarde@example.org");
    expect(await submit(sessionId, "12 34")).toMatchObject({ refusal: { code: "not_a_code" } });
    services.clock.advance(10 * MINUTE_MS);
    expect(await submit(sessionId, digits)).toMatchObject({ refusal: { code: "code_expired" } });
  });

  it("is bound to the session that asked", async () => {
    const { digits } = await askForCode(services, "propia@example.org");
    const other = await openSession(contextOf(services), { language: "es", channel: "web" });
    expect(await submit(other.session.id, digits)).toMatchObject({ refusal: { code: "code_expired" } });
  });

  it("lets exactly one of 1,000 right codes at once through", async () => {
    const { sessionId, digits } = await askForCode(services, "carrera@example.org");
    const outcomes = await Promise.all(Array.from({ length: 1_000 }, () => submit(sessionId, digits)));
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
  });

  it("lets several through once nothing records the use (control)", async () => {
    const { sessionId, digits } = await askForCode(services, "control@example.org");
    await services.adminQuery(
      `create function public.forget_use() returns trigger language plpgsql as 'begin new.used_at := null; return new; end'`,
    );
    await services.adminQuery(
      "create trigger forget_use before update on people.codes for each row execute function public.forget_use()",
    );
    try {
      const first = await submit(sessionId, digits);
      const others = await Promise.all(Array.from({ length: 20 }, () => submit(sessionId, digits)));
      expect([first, ...others].filter((one) => one.ok).length).toBeGreaterThan(1);
    } finally {
      await services.adminQuery("drop trigger forget_use on people.codes");
    }
  });
});

describe("a contact", () => {
  it("is one by text message and by call, whatever way its number is written", async () => {
    const first = await askForCode(services, "+52 55 5555 0100", undefined, "sms");
    const second = await askForCode(services, "+521 5555550100", undefined, "voice");
    const codes = await listCodesToSend(systemContext(services, "test"), [first.codeId, second.codeId]);
    expect(new Set(codes.map((one) => one.contactId)).size).toBe(1);
    expect(codes.map((one) => one.kind).sort()).toEqual(["sms", "voice"]);
    expect(codes.find((one) => one.codeId === first.codeId)?.digits).toBe(first.digits);
  });

  it("is made once by many who ask at the same time", async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => askForCode(services, "juntos@example.org")));
    const made = await services.adminQuery("select distinct contact_id from people.codes where id = any($1)", [
      asked.map((one) => one.codeId),
    ]);
    expect(made).toHaveLength(1);
  });

  it("stands nowhere in plain text and opens for the worker", async () => {
    const { session } = await verifiedSession(services, "Canario.Secreto@example.org");
    const tables = [
      "people.contacts",
      "people.contact_keys",
      "people.codes",
      "people.sessions",
      "platform.outbox",
      "audit.entries",
    ];
    for (const table of tables)
      expect(JSON.stringify(await services.adminQuery(`select t::text from ${table} t`))).not.toMatch(/canario/i);
    const found = await contactAddress(systemContext(services, "test"), [session.contactId!]);
    expect(found.get(session.contactId!)).toEqual({
      kind: "email",
      language: "es",
      address: "Canario.Secreto@example.org",
    });
  });

  it("is kept two days until somebody proves it, thirteen months after", async () => {
    const eraseAfter = async (id: ContactId) =>
      (
        await services.adminQuery<{ day: string }>(
          "select erase_after::text as day from people.contacts where id = $1",
          [id],
        )
      )[0]!.day;
    services.clock.set(new Date("2026-12-01T12:00:00Z"));
    const { codeId } = await askForCode(services, "guardar@example.org");
    const [code] = await listCodesToSend(systemContext(services, "test"), [codeId]);
    expect(await eraseAfter(code!.contactId)).toBe("2026-12-03");
    await verifiedSession(services, "guardar@example.org");
    expect(await eraseAfter(code!.contactId)).toBe("2028-01-01");
  });

  it("is found by the old key and the new one during a rotation", async () => {
    const before = await verifiedSession(services, "rotacion@example.org");
    await services.keyring.rotate("contact");
    await services.keyring.rotate("code");
    const during = await verifiedSession(services, "rotacion@example.org");
    await services.keyring.endRotation("contact");
    const after = await verifiedSession(services, "rotacion@example.org");
    expect([during.session.contactId, after.session.contactId]).toEqual([
      before.session.contactId,
      before.session.contactId,
    ]);
  });

  it("with a new owner verifies as itself in a session of its own, which is what booking goes by", async () => {
    const old = await verifiedSession(services, "reciclado@example.org");
    const fresh = await verifiedSession(services, "reciclado@example.org");
    expect(fresh.session.contactId).toBe(old.session.contactId);
    expect(fresh.session.id).not.toBe(old.session.id);
    expect(fresh.session.hadContactBefore).toBe(false);
  });

  it("can end its other sessions from one of them", async () => {
    const lost = await verifiedSession(services, "perdido@example.org");
    const kept = await verifiedSession(services, "perdido@example.org");
    expect(await endOtherSessions(contextOf(services), kept.session.id)).toBe(1);
    expect(await findSession(services, lost.token)).toBeUndefined();
    expect(await findSession(services, kept.token)).toBeDefined();
  });
});

describe("limits", () => {
  it("refuse the fourth code of one session in a quarter of an hour, known address or not", async () => {
    await verifiedSession(services, "conocida@example.org");
    for (const address of ["conocida@example.org", "desconocida@example.org"]) {
      const first = await askForCode(services, address);
      for (let i = 1; i < CODES_PER_WINDOW; i++) await askForCode(services, address, first);
      const fourth = await requestCode(contextOf(services), {
        sessionId: first.sessionId,
        kind: "email",
        address,
        language: "es",
      });
      expect(fourth).toEqual({
        ok: false,
        refusal: { code: "too_many_codes", retryAt: new Date(services.clock.now().getTime() + 15 * MINUTE_MS) },
      });
    }
  });

  it("answer a stranger alike and send nothing once strangers asked three times, but send to a session that knows the contact", async () => {
    const owner = await verifiedSession(services, "duena@example.org");
    services.clock.advance(HOUR_MS);
    for (let i = 0; i < CODES_PER_WINDOW; i++) await askForCode(services, "duena@example.org");
    const fourth = await askForCode(services, "duena@example.org");
    expect(fourth).toMatchObject({ maskedAddress: "d•••@example.org" });
    expect(await isWithheld(fourth.codeId)).toBe(true);
    expect(await listCodesToSend(systemContext(services, "test"), [fourth.codeId])).toEqual([]);
    expect(await submit(fourth.sessionId, fourth.digits)).toMatchObject({
      refusal: { code: "wrong_code", attemptsLeft: CODE_TRIES - 1 },
    });
    const announced = await services.adminQuery<{ name: string }>(
      "select name from platform.outbox where subject_id = $1",
      [fourth.codeId],
    );
    expect(announced).toEqual([{ name: "people.code_withheld" }]);

    const own = await askForCode(services, "duena@example.org", { sessionId: owner.session.id });
    expect(await submit(own.sessionId, own.digits)).toMatchObject({ ok: true });
  });

  it("send strangers eight codes a day", async () => {
    const sent: boolean[] = [];
    for (let i = 0; i < CODES_PER_DAY + 2; i++) {
      const { codeId } = await askForCode(services, "ocho@example.org");
      sent.push(!(await isWithheld(codeId)));
      services.clock.advance(16 * MINUTE_MS);
    }
    expect(sent.filter(Boolean)).toHaveLength(CODES_PER_DAY);
    services.clock.advance(DAY_MS);
    expect(await isWithheld((await askForCode(services, "ocho@example.org")).codeId)).toBe(false);
  });

  it("let strangers guess ten times a day in all, over however many sessions at once", async () => {
    const asked = [];
    for (let i = 0; i < CODES_PER_WINDOW; i++) asked.push(await askForCode(services, "adivinar@example.org"));
    await Promise.all(
      asked.flatMap((one) => Array.from({ length: CODE_TRIES - 1 }, () => submit(one.sessionId, one.wrong))),
    );
    const last = asked[0]!;
    expect(STRANGER_TRIES_PER_DAY).toBeLessThanOrEqual(CODES_PER_WINDOW * (CODE_TRIES - 1));
    expect(await submit(last.sessionId, last.digits)).toMatchObject({
      refusal: { code: "wrong_code", attemptsLeft: 0 },
    });
  });

  it("are kept when the session that asked is ended", async () => {
    for (let i = 0; i < CODES_PER_WINDOW; i++) {
      const { sessionId } = await askForCode(services, "terminada@example.org");
      await endSession(contextOf(services), sessionId);
    }
    expect(await isWithheld((await askForCode(services, "terminada@example.org")).codeId)).toBe(true);
  });
});

describe("a request for a code that is sent again", () => {
  const keyOf = (key: string, body = "the same") => ({ route: "code", key, body });
  const ask = async (sessionId: string, idempotency?: ReturnType<typeof keyOf>) => {
    const asked = await requestCode(contextOf(services), {
      sessionId,
      kind: "email",
      address: "repetida@example.org",
      language: "es",
      idempotency,
    });
    return asked.ok ? asked.value : asked.refusal.code;
  };
  const aSession = async () => (await openSession(contextOf(services), { language: "es", channel: "api" })).session.id;
  const codesOf = async (sessionId: string) =>
    (
      await services.adminQuery<{ n: number }>("select count(*)::int as n from people.codes where session_id = $1", [
        sessionId,
      ])
    )[0]!.n;

  it("with its key sends one code and takes one from the budget, also at once and later", async () => {
    const sessionId = await aSession();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(sessionId, keyOf("a-retry"))));
    services.clock.advance(MINUTE_MS);
    answers.push(await ask(sessionId, keyOf("a-retry")));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ budget: { left: CODES_PER_WINDOW - 1 } });
    expect(await codesOf(sessionId)).toBe(1);
  });

  it("without a key sends another (the negative control)", async () => {
    const sessionId = await aSession();
    await ask(sessionId);
    await ask(sessionId);
    expect(await codesOf(sessionId)).toBe(2);
  });

  it("with another body is refused, and another session's key is its own", async () => {
    const [own, foreign] = [await aSession(), await aSession()];
    await ask(own, keyOf("shared-by-chance"));
    expect(await ask(own, keyOf("shared-by-chance", "another"))).toBe("idempotency_mismatch");
    expect(await ask(foreign, keyOf("shared-by-chance", "another"))).toMatchObject({ expiresAt: expect.any(Date) });
    expect([await codesOf(own), await codesOf(foreign)]).toEqual([1, 1]);
  });

  it("after a refusal may be sent again with the same key", async () => {
    const sessionId = await aSession();
    for (let i = 0; i < CODES_PER_WINDOW; i++) await ask(sessionId);
    expect(await ask(sessionId, keyOf("too-soon"))).toBe("too_many_codes");
    services.clock.advance(HOUR_MS);
    expect(await ask(sessionId, keyOf("too-soon"))).toMatchObject({ expiresAt: expect.any(Date) });
  });
});
