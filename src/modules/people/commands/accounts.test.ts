import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { signId } from "#platform/keyring/signed-id.ts";
import type { Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { contextOf, softwareAuthenticator, verifiedSession } from "../people.fixtures.ts";
import { contactAddress, getAccount } from "../queries.ts";
import { ACCOUNT_FRESH_MINUTES, ACCOUNTS_OF_A_CONTACT, CODE_WINDOW_MINUTES, JOINING_HOURS } from "../rules.ts";
import {
  beginAccountPasskey,
  beginAccountSignIn,
  chooseSafeContact,
  endAccountElsewhere,
  finishAccountPasskey,
  finishAccountSignIn,
  makeAccount,
  removeAccountContact,
  renewPin,
} from "./accounts.ts";
import { openWithCard } from "./cards.ts";
import { takeBackJoining } from "./joining.ts";
import { endOtherSessions, findSession, openSession } from "./sessions.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

let mailboxes = 0;
const anAddress = () => `familia.${++mailboxes}@ejemplo.example.org`;
const anonymous = () => contextOf(services);
const newSession = async () => (await openSession(anonymous(), { language: "es", channel: "web" })).session.id;

/** A household with an account of its own, made with a mailbox. */
async function aHousehold(address = anAddress()) {
  const { session } = await verifiedSession(services, address);
  const made = await makeAccount(anonymous(), session.id);
  if (!made.ok) throw new Error(made.refusal.code);
  const { contactId: accountId, id: sessionId } = made.value.session;
  return {
    ...made.value,
    address,
    firstContact: session.contactId!,
    accountId: accountId!,
    sessionId,
    /** Of this instant. */
    get ctx(): Context {
      return contextOf(services, { kind: "citizen", sessionId, contactId: accountId! });
    },
  };
}
type Household = Awaited<ReturnType<typeof aHousehold>>;

/** Proves the address in a new visit and opens the account by its PIN in the same one. */
async function join({ folio, pin }: Pick<Household, "folio" | "pin">, address: string) {
  services.clock.advance(MINUTE_MS);
  const { session } = await verifiedSession(services, address);
  const opened = await openWithCard(anonymous(), { sessionId: session.id, folio, pin, join: true });
  if (!opened.ok) throw new Error(opened.refusal.code);
  return opened.value.session.id;
}
const writtenTo = async ({ accountId }: Household) =>
  (await contactAddress(anonymous(), [accountId])).get(accountId)?.address;
const contactsOf = async (household: Household) => (await getAccount(household.ctx)).contacts;

/** A device with a passkey for that account. */
async function aDevice({ ctx, sessionId }: Pick<Household, "ctx" | "sessionId">) {
  const device = softwareAuthenticator(services.publicOrigin);
  const begun = await beginAccountPasskey(ctx, sessionId);
  if (!begun.ok) throw new Error(begun.refusal.code);
  const response = device.register(begun.value.options.challenge);
  const kept = await finishAccountPasskey(ctx, { sessionId, challenge: begun.value.challenge, response });
  if (!kept.ok) throw new Error(kept.refusal.code);
  return device;
}

describe("an account", () => {
  it("is a card that somebody makes by herself: folio and PIN open it in another visit, and its messages go to her contact", async () => {
    const household = await aHousehold();
    const elsewhere = await openWithCard(anonymous(), { ...household, sessionId: await newSession() });
    if (!elsewhere.ok) throw new Error(elsewhere.refusal.code);
    expect(elsewhere.value.session).toMatchObject({ contactId: household.accountId, contactKind: "card" });
    expect(await findSession(services, household.token)).toMatchObject({ contactId: household.accountId });
    expect(await writtenTo(household)).toBe(household.address);
    // It is worth what the contact is worth with which it was made, and no more.
    expect((await contactAddress(anonymous(), [household.accountId])).get(household.accountId)?.kind).toBe("email");
    expect(await contactsOf(household)).toMatchObject([{ masked: "f•••@ejemplo.example.org", writtenTo: true }]);
  });

  it("is made once by two presses at once, and by nobody who proved no contact", async () => {
    const { session } = await verifiedSession(services, anAddress());
    const pressed = await Promise.all([makeAccount(anonymous(), session.id), makeAccount(anonymous(), session.id)]);
    expect(pressed.map((one) => (one.ok ? "made" : one.refusal.code)).sort()).toEqual(["already_made", "made"]);
    expect(await makeAccount(anonymous(), await newSession())).toMatchObject({ refusal: { code: "no_contact" } });
  });

  it("is one of three that a contact makes: six at once are three", async () => {
    const address = anAddress();
    const sessions = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(
        async () => (await openSession(anonymous(), { language: "es", channel: "web" })).session.id,
      ),
    );
    const { session } = await verifiedSession(services, address);
    await services.adminQuery(
      "update people.sessions s set contact_id = o.contact_id, contact_kind = o.contact_kind, verified_at = o.verified_at, verified_until = o.verified_until from people.sessions o where o.id = $1 and s.id = any($2)",
      [session.id, sessions],
    );
    const made = await Promise.all(sessions.map((id) => makeAccount(anonymous(), id)));
    expect(made.filter((one) => one.ok)).toHaveLength(ACCOUNTS_OF_A_CONTACT);
    expect(made.find((one) => !one.ok)).toMatchObject({ refusal: { code: "ask_at_counter" } });
  });
});

describe("the passkey of an account", () => {
  it("opens it in another visit, once for each challenge, and a staff challenge or a copy opens nothing", async () => {
    const household = await aHousehold();
    const device = await aDevice(household);
    const begun = await beginAccountSignIn(anonymous());
    const response = device.signIn(begun.options.challenge);
    const answer = async () =>
      finishAccountSignIn(anonymous(), {
        sessionId: await newSession(),
        challenge: begun.challenge,
        response,
        join: false,
      });
    const opened = await answer();
    if (!opened.ok) throw new Error(opened.refusal.code);
    expect(await findSession(services, opened.value.token)).toMatchObject({ contactId: household.accountId });
    expect(await answer()).toMatchObject({ refusal: { code: "sign_in_failed" } });
    const foreign = await beginAccountPasskey(household.ctx, household.sessionId);
    if (!foreign.ok) throw new Error(foreign.refusal.code);
    const crossed = { challenge: foreign.value.challenge, response: device.signIn(foreign.value.options.challenge) };
    expect(
      await finishAccountSignIn(anonymous(), { sessionId: await newSession(), ...crossed, join: false }),
    ).toMatchObject({ refusal: { code: "sign_in_failed" } });
  });

  it("is made only by who has just shown PIN or passkey", async () => {
    const household = await aHousehold();
    services.clock.advance(ACCOUNT_FRESH_MINUTES * MINUTE_MS + 1_000);
    const refused = { refusal: { code: "prove_again" } };
    expect(await beginAccountPasskey(household.ctx, household.sessionId)).toMatchObject(refused);
    expect(await chooseSafeContact(household.ctx, { sessionId: household.sessionId, id: null })).toMatchObject(refused);
    expect(await renewPin(household.ctx, household.sessionId)).toMatchObject(refused);
    const { session } = await verifiedSession(services, household.address);
    // Nor does the contact alone decide: whoever has the telephone is not the household.
    expect(await renewPin(anonymous(), session.id)).toMatchObject(refused);
  });
});

describe("a change of contact", () => {
  it("is told to the old one, which still gets everything for 72 hours and may take the new one back", async () => {
    const household = await aHousehold();
    const thief = await join(household, anAddress());
    const [, added] = await contactsOf(household);
    const thiefCtx = contextOf(services, { kind: "citizen", sessionId: thief, contactId: household.accountId });
    expect(await chooseSafeContact(thiefCtx, { sessionId: thief, id: added!.id })).toMatchObject({
      refusal: { code: "not_yet", from: new Date(services.clock.now().getTime() + JOINING_HOURS * HOUR_MS) },
    });
    // The old one cannot be taken off meanwhile, for then the new one would be the oldest.
    const [first] = await contactsOf(household);
    expect(await removeAccountContact(thiefCtx, { sessionId: thief, id: first!.id })).toMatchObject({
      refusal: { code: "newer_waits" },
    });
    expect(await writtenTo(household)).toBe(household.address);
    const [told] = await services.adminQuery(
      "select detail from platform.outbox where name = 'people.contact_joined' and subject_id = $1",
      [added!.id],
    );
    expect(told).toMatchObject({ detail: { contactId: household.firstContact } });

    expect(await takeBackJoining(anonymous(), await signId(services.keyring, "undo", added!.id))).toMatchObject({
      ok: true,
    });
    expect(await contactsOf(household)).toHaveLength(1);
    expect(await renewPin(thiefCtx, thief)).toMatchObject({ refusal: { code: "prove_again" } });
    // A second press, and an invented link, have the same answer.
    const over = { refusal: { code: "undo_over" } };
    expect(await takeBackJoining(anonymous(), await signId(services.keyring, "undo", added!.id))).toMatchObject(over);
    expect(await takeBackJoining(anonymous(), await signId(services.keyring, "link", added!.id))).toMatchObject(over);
  });

  it("after 72 hours is hers to choose, and then it alone is written to", async () => {
    const household = await aHousehold();
    const safe = anAddress();
    await join(household, safe);
    const [first, added] = await contactsOf(household);
    services.clock.advance(JOINING_HOURS * HOUR_MS);
    expect(await takeBackJoining(anonymous(), await signId(services.keyring, "undo", added!.id))).toMatchObject({
      ok: false,
    });
    const opened = await openWithCard(anonymous(), { ...household, sessionId: await newSession() });
    if (!opened.ok) throw new Error(opened.refusal.code);
    const sessionId = opened.value.session.id;
    expect(await chooseSafeContact(household.ctx, { sessionId, id: added!.id })).toMatchObject({ ok: true });
    expect(await writtenTo(household)).toBe(safe);
    // "Never here" counts at once, and taking the safe contact away leaves silence, not the other one.
    expect(await removeAccountContact(household.ctx, { sessionId, id: added!.id })).toMatchObject({ ok: true });
    expect(await writtenTo(household)).toBeUndefined();
    expect(await chooseSafeContact(household.ctx, { sessionId, id: first!.id })).toMatchObject({ ok: true });
    expect(await chooseSafeContact(household.ctx, { sessionId, id: added!.id })).toMatchObject({
      refusal: { code: "unknown_contact" },
    });
  });
});

describe("one telephone of two families and a lodger, which then changes owner", () => {
  it("has three files: each opens by its own PIN, and the telephone opens none of them", async () => {
    const telephone = anAddress();
    const households = [];
    for (let i = 0; i < 3; i++) households.push(await aHousehold(telephone));
    const ids = households.map((one) => one.accountId);
    expect(new Set(ids).size).toBe(3);
    for (const [i, one] of households.entries()) {
      const neighbour = households[(i + 1) % 3]!;
      const crossed = await openWithCard(anonymous(), {
        sessionId: await newSession(),
        folio: one.folio,
        pin: neighbour.pin,
      });
      expect(crossed).toMatchObject(one.pin === neighbour.pin ? { ok: true } : { refusal: { code: "wrong_card" } });
    }
    services.clock.advance(CODE_WINDOW_MINUTES * MINUTE_MS);
    // The new owner proves the number: she is the contact, and of no account.
    const { session: stranger } = await verifiedSession(services, telephone);
    expect(ids).not.toContain(stranger.contactId);
    const hers = contextOf(services, { kind: "citizen", sessionId: stranger.id, contactId: stranger.contactId! });
    expect(await getAccount(hers)).toMatchObject({ contacts: [], passkeys: [] });
    // And each household still opens its own, which nobody needs the number for.
    for (const one of households) {
      const opened = await openWithCard(anonymous(), { ...one, sessionId: await newSession() });
      expect(opened).toMatchObject({ value: { session: { contactId: one.accountId } } });
    }
  });
});

describe("a lost telephone", () => {
  it("is shut out from elsewhere: what it had open is nobody's session at the next request", async () => {
    const household = await aHousehold();
    const lost = await verifiedSession(services, household.address);
    const device = await aDevice(household);
    const begun = await beginAccountSignIn(anonymous());
    const home = await finishAccountSignIn(anonymous(), {
      sessionId: await newSession(),
      challenge: begun.challenge,
      response: device.signIn(begun.options.challenge),
      join: false,
    });
    if (!home.ok) throw new Error(home.refusal.code);
    expect(await endAccountElsewhere(household.ctx, home.value.session.id)).toBe(2);
    expect(await findSession(services, household.token)).toBeUndefined();
    expect(await findSession(services, lost.token)).toBeUndefined();
    expect(await findSession(services, home.value.token)).toMatchObject({ contactId: household.accountId });
    expect((await getAccount(household.ctx)).sessions).toHaveLength(1);
    // A stolen cookie from before the proof is worth nothing either.
    expect(await endOtherSessions(anonymous(), household.sessionId)).toBe(0);
  });
});
