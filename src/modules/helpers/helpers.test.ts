import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { beginAccountPasskey, findSession, issueCard, makeAccount, openWithCard } from "#modules/people/index.ts";
import { contextOf, softwareAuthenticator, verifiedSession } from "#modules/people/people.fixtures.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { EVERYBODY, LIMITS } from "#platform/limits/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { askToHelp } from "./commands/ask.ts";
import { eraseHelpers } from "./commands/entries.ts";
import { beginHelp, endHelp } from "./commands/help.ts";
import { spanOf } from "./commands/span.ts";
import { approveHelper, giveEnrolment, moveHelper } from "./commands/judge.ts";
import {
  beginHelperRegistration,
  beginHelperSignIn,
  endHelperSession,
  endOtherHelperSessions,
  findHelperSession,
  finishHelperRegistration,
  finishHelperSignIn,
} from "./commands/sign-in.ts";
import { A_PARISH, approved, asked, atTheDesk, enrolled, judge, seen, signIn, valueOf } from "./helpers.fixtures.ts";
import { listHelpers, openHelper } from "./queries/desk.ts";
import { getOwnPage } from "./queries/own.ts";
import { MOST_PERSONS_A_DAY } from "./rules/allowance.ts";
import { HELP_MINUTES, HELPER_SESSION_HOURS } from "./rules/times.ts";
import type { HelperId } from "./types.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const code = (outcome: { ok: boolean; refusal?: { code: string } }) => (outcome.ok ? "ok" : outcome.refusal!.code);
const ctx = (): Context => contextOf(services);
const SPOKEN = { consent: "spoken", language: "maya" } as const;
const stateOf = async (id: HelperId) => (await seen(services, id)).state;

describe("registration", () => {
  test("stands sealed, and two people of two houses let it work", async () => {
    const id = await asked(services);
    const stored = await services.adminQuery("select h::text from helpers.helpers h");
    for (const text of [A_PARISH.name, A_PARISH.answers, A_PARISH.contact])
      expect(JSON.stringify(stored)).not.toContain(text);
    const ana = judge(services, "fresno");
    const first = await seen(services, id);
    expect(code(await approveHelper(ana, first))).toBe("ok");
    expect(code(await approveHelper(judge(services, undefined), first))).toBe("changed_meanwhile");
    expect(code(await approveHelper(ana, await seen(services, id)))).toBe("needs_another_person");
    expect(code(await approveHelper(judge(services, "fresno"), await seen(services, id)))).toBe("needs_another_office");
    expect(await stateOf(id)).toBe("asked");
    expect(code(await giveEnrolment(ana, await seen(services, id)))).toBe("not_possible");
    services.clock.advance(MINUTE_MS);
    expect(code(await approveHelper(judge(services, undefined), await seen(services, id)))).toBe("ok");
    expect(await seen(services, id)).toMatchObject({ ...A_PARISH, peopleAWeek: 12, state: "approved" });
    expect((await seen(services, id)).approvals.map(({ house }) => house)).toEqual(["fresno", "network"]);
  });

  test("the database itself holds two voices apart", async () => {
    const id = await asked(services);
    const voice = (staff: string, house: string) =>
      services.adminQuery("insert into helpers.approvals values ($1, $2, $3, now())", [id, staff, house]);
    await voice("00000000-0000-4000-8000-000000000001", "fresno");
    await expect(voice("00000000-0000-4000-8000-000000000002", "fresno")).rejects.toThrow(/two_houses/);
    await expect(voice("00000000-0000-4000-8000-000000000001", "boston")).rejects.toThrow(/approvals_pkey/);
  });

  test("a no has a reason, is judged by who may, and is over", async () => {
    const id = await asked(services);
    const ana = judge(services, undefined);
    expect(code(await moveHelper(ana, await seen(services, id), "refused", undefined))).toBe("reason_missing");
    expect(code(await moveHelper(ana, await seen(services, id), "suspended", "rules_broken"))).toBe("not_possible");
    const clerk = judge(services, "fresno", undefined, "clerk");
    for (const outcome of [
      await moveHelper(clerk, await seen(services, id), "refused", "asks_money"),
      await approveHelper(clerk, await seen(services, id)),
      await openHelper(clerk, id),
      await listHelpers(clerk),
      await listHelpers(ctx()),
    ])
      expect(code(outcome)).toBe("not_allowed");
    expect(code(await moveHelper(ana, await seen(services, id), "refused", "asks_money"))).toBe("ok");
    expect(code(await approveHelper(ana, await seen(services, id)))).toBe("not_possible");
    services.clock.advance(32 * DAY_MS);
    await eraseHelpers(systemContext(services, "test"));
    expect(code(await openHelper(judge(services, undefined), id))).toBe("unknown_helper");
  });

  test("a flood of registrations ends, and what cannot be read is given back", async () => {
    expect(await askToHelp(ctx(), { ...A_PARISH, name: " ", peopleAWeek: "0" })).toEqual({
      ok: false,
      refusal: { code: "to_mend", fields: ["name", "peopleAWeek"] },
    });
    // The budget as it is when it is used up: the instant until which it is taken.
    const { burst, everySeconds } = LIMITS.helpers_asking;
    await services.adminQuery(
      "insert into platform.limits (rule, key, tat) values ('helpers_asking', $1, $2) on conflict (rule, key) do update set tat = excluded.tat",
      [EVERYBODY, new Date(services.clock.now().getTime() + burst * everySeconds * 1_000)],
    );
    expect(code(await askToHelp(ctx(), A_PARISH))).toBe("too_many_asked");
    services.clock.advance(DAY_MS);
    expect(code(await askToHelp(ctx(), A_PARISH))).toBe("ok");
  });
});

describe("signing in", () => {
  test("a code registers one passkey, once, and not after it ran out", async () => {
    const id = await approved(services);
    const enrolment = async () => valueOf(await giveEnrolment(judge(services, "boston"), await seen(services, id)));
    const { code: first } = await enrolment();
    const begin = (typed: string) => beginHelperRegistration(ctx(), typed);
    const typed = first.toLowerCase().replaceAll("-", " ").replaceAll("0", "o");
    const { options, challenge } = valueOf(await begin(typed));
    const device = softwareAuthenticator(services.publicOrigin);
    const finish = () =>
      finishHelperRegistration(ctx(), { code: first, challenge, response: device.register(options.challenge) });
    expect((await Promise.all([finish(), finish()])).map(code).sort()).toEqual(["enrolment_invalid", "ok"]);
    expect(code(await begin(first))).toBe("enrolment_invalid");
    const { code: second } = await enrolment();
    services.clock.advance(4 * DAY_MS);
    expect(code(await begin(second))).toBe("enrolment_invalid");
    expect(code(await begin("no code at all"))).toBe("enrolment_invalid");
    const { code: third } = await enrolment();
    const other = valueOf(await begin(third));
    expect(code(await finishHelperRegistration(ctx(), { ...other, code: third, response: { id: "forged" } }))).toBe(
      "passkey_not_accepted",
    );
  });

  test("forged, replayed and expired answers open nothing; a challenge opens one session", async () => {
    const { device, token } = await atTheDesk(services);
    const { options, challenge } = await beginHelperSignIn(ctx());
    const response = device.signIn(options.challenge);
    const finish = (more = {}) => finishHelperSignIn(ctx(), { challenge, response, ...more });
    expect((await Promise.all([finish(), finish(), finish()])).map(code).sort()).toEqual([
      "ok",
      "sign_in_failed",
      "sign_in_failed",
    ]);
    expect(code(await finish({ challenge: challenge.replace(/.$/, "A") }))).toBe("sign_in_failed");
    const stranger = softwareAuthenticator(services.publicOrigin);
    expect(code(await signIn(services, stranger))).toBe("sign_in_failed");
    const late = await beginHelperSignIn(ctx());
    services.clock.advance(6 * MINUTE_MS);
    expect(code(await finishHelperSignIn(ctx(), { ...late, response: device.signIn(late.options.challenge) }))).toBe(
      "sign_in_failed",
    );
    expect(await findHelperSession(services, `${token.slice(0, -1)}_`)).toBeUndefined();
    services.clock.advance(HELPER_SESSION_HOURS * HOUR_MS);
    expect(await findHelperSession(services, token)).toBeUndefined();
  });

  test("a telephone that was lost is signed out from another", async () => {
    const { device, token: lost } = await atTheDesk(services);
    services.clock.advance(1);
    device.setCounter(1);
    const { token } = valueOf(await signIn(services, device));
    const session = (await findHelperSession(services, token))!;
    expect(await endOtherHelperSessions(ctx(), session)).toBe(1);
    expect(await findHelperSession(services, lost)).toBeUndefined();
    const { sessions } = await getOwnPage(ctx(), session);
    expect(sessions.map(({ mine, endedAt }) => [mine, endedAt === null])).toEqual([
      [true, true],
      [false, false],
    ]);
    await endHelperSession(ctx(), session);
    expect(await findHelperSession(services, token)).toBeUndefined();
  });

  test("a helper's token is no visitor's, and a visitor's no helper's", async () => {
    const { token } = await atTheDesk(services);
    expect(await findSession(services, token)).toBeUndefined();
    const visitor = await verifiedSession(services, "alguien@ejemplo.invalid");
    expect(await findHelperSession(services, visitor.token)).toBeUndefined();
  });
});

describe("helping one person", () => {
  test("needs her consent, opens a visit of hers that ends by itself, also once she verified a contact", async () => {
    const { session } = await atTheDesk(services);
    expect(code(await beginHelp(ctx(), session, { consent: undefined, language: "es" }))).toBe("no_consent");
    const { token } = valueOf(await beginHelp(ctx(), session, SPOKEN));
    const visit = (await findSession(services, token))!;
    expect(visit.contactId).toBeUndefined();
    services.clock.advance((HELP_MINUTES - 1) * MINUTE_MS);
    const verified = await verifiedSession(services, "ella@ejemplo.invalid", { sessionId: visit.id });
    expect(await findSession(services, verified.token)).toMatchObject({ contactId: verified.session.contactId });
    services.clock.advance(MINUTE_MS);
    expect(await findSession(services, verified.token)).toBeUndefined();
  });

  test("ends when it is ended, when the next one begins and when the helper leaves", async () => {
    const { session } = await atTheDesk(services);
    const visitOf = async () => valueOf(await beginHelp(ctx(), session, SPOKEN)).token;
    const first = await visitOf();
    const second = await visitOf();
    expect(await findSession(services, first)).toBeUndefined();
    expect(await findSession(services, second)).toBeDefined();
    await endHelp(ctx(), session);
    expect(await findSession(services, second)).toBeUndefined();
    const third = await visitOf();
    await endHelperSession(ctx(), session);
    expect(await findSession(services, third)).toBeUndefined();
    expect(code(await beginHelp(ctx(), session, SPOKEN))).toBe("not_signed_in");
  });

  test("makes nothing that outlives it: no account, no passkey, no contact on somebody's card", async () => {
    const { session } = await atTheDesk(services);
    const visit = async () => (await findSession(services, valueOf(await beginHelp(ctx(), session, SPOKEN)).token))!;
    const contact = await visit();
    await verifiedSession(services, "otra@ejemplo.invalid", { sessionId: contact.id });
    expect(code(await makeAccount(ctx(), contact.id))).toBe("ask_at_counter");

    const card = valueOf(await issueCard(judge(services, "fresno", undefined, "clerk")));
    const byCard = await visit();
    await verifiedSession(services, "ayudante@ejemplo.invalid", { sessionId: byCard.id });
    const opened = await openWithCard(ctx(), { ...card, sessionId: byCard.id, join: true });
    expect(code(opened)).toBe("ok");
    expect(await services.adminQuery("select from people.account_contacts")).toEqual([]);
    expect(code(await beginAccountPasskey(ctx(), byCard.id))).toBe("prove_again");
    // Without a helper the same card may: what refuses is the borrowed browser.
    await services.adminQuery("update people.sessions set ends_by = null where id = $1", [byCard.id]);
    expect(code(await beginAccountPasskey(ctx(), byCard.id))).toBe("ok");
  });

  test("a suspended helper begins no more and is out at once; whoever it was helping goes on with her visit", async () => {
    const { id, device, token, session } = await atTheDesk(services);
    const hers = valueOf(await beginHelp(ctx(), session, SPOKEN)).token;
    const ana = judge(services, "fresno");
    expect(code(await moveHelper(ana, await seen(services, id), "suspended", "rules_broken"))).toBe("ok");
    expect(await findHelperSession(services, token)).toBeUndefined();
    expect(code(await beginHelp(ctx(), session, SPOKEN))).toBe("not_signed_in");
    expect(code(await signIn(services, device))).toBe("sign_in_failed");
    expect(await findSession(services, hers)).toBeDefined();
    expect(code(await moveHelper(ana, await seen(services, id), "approved", undefined))).toBe("ok");
    device.setCounter(2);
    expect(code(await signIn(services, device))).toBe("ok");
  });

  test("a day has an end, and so has what one sign-in begins", async () => {
    const { id, session } = await atTheDesk(services);
    await services.adminQuery("insert into helpers.days (helper_id, day, persons) values ($1, $2, $3)", [
      id,
      spanOf(services.clock.now()).today,
      MOST_PERSONS_A_DAY,
    ]);
    expect(code(await beginHelp(ctx(), session, SPOKEN))).toBe("day_used");
    await services.adminQuery("update helpers.days set day = day - 3, persons = 60 where helper_id = $1", [id]);
    expect(code(await beginHelp(ctx(), session, SPOKEN))).toBe("allowance_used");
    // Visits that took place make room.
    await services.adminQuery("update helpers.days set kept = 30 where helper_id = $1", [id]);
    const codes: string[] = [];
    for (let i = 2; i <= LIMITS.help.burst; i++) codes.push(code(await beginHelp(ctx(), session, SPOKEN)));
    expect(codes).toEqual([...Array<string>(LIMITS.help.burst - 2).fill("ok"), "too_often"]);
  });

  test("many at once leave one that goes on", async () => {
    const { id, session } = await atTheDesk(services);
    const begun = await Promise.all(Array.from({ length: 6 }, () => beginHelp(ctx(), session, SPOKEN)));
    expect(begun.map(code)).toEqual(Array(6).fill("ok"));
    const [open] = await services.adminQuery(
      "select count(*)::int as count from helpers.helps where helper_id = $1 and ended_at is null",
      [id],
    );
    expect(open).toEqual({ count: 1 });
    const live = await Promise.all(
      begun.map(async (one) => (await findSession(services, valueOf(one).token)) !== undefined),
    );
    expect(live.filter(Boolean)).toHaveLength(1);
  });

  test("a year later it asks anew", async () => {
    const { token, id } = await atTheDesk(services);
    services.clock.advance(367 * DAY_MS);
    await eraseHelpers(systemContext(services, "test"));
    expect(await findHelperSession(services, token)).toBeUndefined();
    expect(await stateOf(id)).toBe("ended");
    const [link] = await services.adminQuery(
      "select count(*)::int as count from helpers.passkeys where helper_id = $1",
      [id],
    );
    expect(link).toEqual({ count: 1 });
    await enrolled(services, id).catch((error: Error) => expect(error.message).toBe("not_possible"));
    services.clock.advance(32 * DAY_MS);
    await eraseHelpers(systemContext(services, "test"));
    expect(await services.adminQuery("select from helpers.passkeys where helper_id = $1", [id])).toEqual([]);
  });
});
