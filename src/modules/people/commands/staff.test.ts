import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { contextOf, softwareAuthenticator } from "../people.fixtures.ts";
import { listStaff } from "../queries.ts";
import { isTouchFresh } from "../rules.ts";
import { beginRegistration, beginSignIn, finishRegistration, finishSignIn } from "./passkeys.ts";
import {
  addStaff,
  createEnrolment,
  deactivateStaff,
  endStaffSession,
  findStaffSession,
  openStaffSession,
} from "./staff.ts";
import { beginTouch, finishTouch } from "./touch.ts";

const OFFICE = "prueba" as OfficeId;
let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
  await services.adminQuery(
    "insert into offices.offices (id, zone, country, lat, lng, detail) values ('prueba', 'America/Chicago', 'US', 41.9, -87.6, '{}') on conflict do nothing",
  );
});
afterAll(() => services.close());

const admin = (): Context => systemContext(services, "test");
const visitor = (): Context => contextOf(services);

async function newClerk(name = "Luz Prueba"): Promise<StaffId> {
  const added = await addStaff(admin(), { officeId: OFFICE, role: "clerk", name });
  if (!added.ok) throw new Error(added.refusal.code);
  return added.value.id;
}

async function enrolmentOf(staffId: StaffId): Promise<string> {
  const enrolment = await createEnrolment(admin(), staffId);
  if (!enrolment.ok) throw new Error(enrolment.refusal.code);
  return enrolment.value.token;
}

async function register(enrolmentToken: string, device: ReturnType<typeof softwareAuthenticator>) {
  const begun = await beginRegistration(visitor(), enrolmentToken);
  if (!begun.ok) throw new Error(begun.refusal.code);
  const { options, challenge } = begun.value;
  return finishRegistration(visitor(), { enrolmentToken, challenge, response: device.register(options.challenge) });
}

async function signIn(device: ReturnType<typeof softwareAuthenticator>) {
  const { options, challenge } = await beginSignIn(visitor());
  return finishSignIn(visitor(), { challenge, response: device.signIn(options.challenge) });
}

async function clerkWithPasskey() {
  const staffId = await newClerk();
  const device = softwareAuthenticator(services.publicOrigin);
  expect(await register(await enrolmentOf(staffId), device)).toMatchObject({ ok: true, value: { id: staffId } });
  return { staffId, device };
}

describe("staff", () => {
  it("are managed by admins only", async () => {
    const staffId = await newClerk();
    const clerk = contextOf(services, { kind: "staff", staffId, officeId: OFFICE, role: "clerk" });
    const refused = { ok: false, refusal: { code: "not_allowed" } };
    expect(await addStaff(clerk, { role: "admin", name: "Otra Prueba" })).toEqual(refused);
    expect(await createEnrolment(clerk, staffId)).toEqual(refused);
    expect(await deactivateStaff(clerk, staffId)).toEqual(refused);
  });

  it("have an office exactly when their role has one, and a name", async () => {
    expect(await addStaff(admin(), { role: "clerk", name: "Sin Oficina" })).toMatchObject({
      refusal: { code: "office_does_not_fit" },
    });
    expect(await addStaff(admin(), { role: "hq", officeId: OFFICE, name: "Con Oficina" })).toMatchObject({
      refusal: { code: "office_does_not_fit" },
    });
    expect(await addStaff(admin(), { role: "hq", name: " \u0000 " })).toMatchObject({
      refusal: { code: "name_missing" },
    });
  });

  it("are out at once when deactivated, with every session and link", async () => {
    const { staffId, device } = await clerkWithPasskey();
    const opened = await signIn(device);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const link = await enrolmentOf(staffId);
    expect(await findStaffSession(services, opened.value.token)).toMatchObject({ id: staffId });

    expect(await deactivateStaff(admin(), staffId)).toMatchObject({ ok: true });
    expect(await findStaffSession(services, opened.value.token)).toBeUndefined();
    expect(await signIn(device)).toMatchObject({ refusal: { code: "sign_in_failed" } });
    expect(await beginRegistration(visitor(), link)).toMatchObject({ refusal: { code: "enrolment_invalid" } });
    expect(await openStaffSession(visitor(), staffId)).toMatchObject({ refusal: { code: "no_such_staff" } });
    expect((await listStaff(admin())).map((one) => one.id)).not.toContain(staffId);
  });

  it("have no request answered that began after a deactivation in the midst of a storm", async () => {
    const staffId = await newClerk();
    const opened = await openStaffSession(visitor(), staffId);
    if (!opened.ok) throw new Error(opened.refusal.code);
    let gone = false;
    let answeredAfter = 0;
    let answeredBefore = 0;
    const storm = Array.from({ length: 20 }, async () => {
      for (let i = 0; i < 30; i++) {
        const startedAfter = gone;
        const found = await findStaffSession(services, opened.value.token);
        if (found && startedAfter) answeredAfter += 1;
        if (found && !startedAfter) answeredBefore += 1;
      }
    });
    await findStaffSession(services, opened.value.token);
    await deactivateStaff(admin(), staffId);
    gone = true;
    await Promise.all(storm);
    expect(answeredBefore).toBeGreaterThan(0);
    expect(answeredAfter).toBe(0);
  });

  it("are signed in for twelve hours or until they sign out", async () => {
    const staffId = await newClerk();
    const [first, second] = [await openStaffSession(visitor(), staffId), await openStaffSession(visitor(), staffId)];
    if (!first.ok || !second.ok) throw new Error("a session was expected");
    await endStaffSession(visitor(), first.value.token);
    expect(await findStaffSession(services, first.value.token)).toBeUndefined();
    services.clock.advance(12 * HOUR_MS - 1);
    expect(await findStaffSession(services, second.value.token)).toMatchObject({
      id: staffId,
      officeId: OFFICE,
      role: "clerk",
    });
    services.clock.advance(1);
    expect(await findStaffSession(services, second.value.token)).toBeUndefined();
  });
});

describe("a passkey", () => {
  it("signs in whoever registered it", async () => {
    const { staffId, device } = await clerkWithPasskey();
    const opened = await signIn(device);
    expect(opened).toMatchObject({ ok: true, value: { staff: { id: staffId, role: "clerk" } } });
  });

  it("is registered once per link, and not after the link ran out", async () => {
    const staffId = await newClerk();
    const link = await enrolmentOf(staffId);
    const late = await enrolmentOf(staffId);
    await register(link, softwareAuthenticator(services.publicOrigin));
    expect(await beginRegistration(visitor(), link)).toMatchObject({ refusal: { code: "enrolment_invalid" } });
    services.clock.advance(24 * HOUR_MS);
    expect(await beginRegistration(visitor(), late)).toMatchObject({ refusal: { code: "enrolment_invalid" } });
  });

  it("opens one session per challenge", async () => {
    const { device } = await clerkWithPasskey();
    const { options, challenge } = await beginSignIn(visitor());
    const response = device.signIn(options.challenge);
    const outcomes = [
      await finishSignIn(visitor(), { challenge, response }),
      await finishSignIn(visitor(), { challenge, response }),
    ];
    expect(outcomes.map((one) => one.ok)).toEqual([true, false]);
  });

  it("is refused with a challenge that is old, forged or of another purpose", async () => {
    const { device } = await clerkWithPasskey();
    const { options, challenge } = await beginSignIn(visitor());
    const response = device.signIn(options.challenge);
    const [first, expires, signature] = challenge.split(".");
    const forged = `${first}.${Number(expires) + 1}.${signature}`;
    expect(await finishSignIn(visitor(), { challenge: forged, response })).toMatchObject({ ok: false });
    const registration = await beginRegistration(visitor(), await enrolmentOf(await newClerk()));
    if (!registration.ok) throw new Error(registration.refusal.code);
    const elsewhere = device.signIn(registration.value.options.challenge);
    expect(
      await finishSignIn(visitor(), { challenge: registration.value.challenge, response: elsewhere }),
    ).toMatchObject({ ok: false });
    services.clock.advance(5 * MINUTE_MS);
    expect(await finishSignIn(visitor(), { challenge, response })).toMatchObject({ ok: false });
  });

  it("is refused from another origin", async () => {
    const staffId = await newClerk();
    expect(await register(await enrolmentOf(staffId), softwareAuthenticator("http://citas.example.org"))).toMatchObject(
      { refusal: { code: "passkey_not_accepted" } },
    );
  });

  it("whose counter falls back is a copy", async () => {
    const { device } = await clerkWithPasskey();
    device.setCounter(3_000_000_000);
    expect(await signIn(device)).toMatchObject({ ok: true });
    device.setCounter(2_999_999_999);
    expect(await signIn(device)).toMatchObject({ refusal: { code: "sign_in_failed" } });
    device.setCounter(3_000_000_001);
    expect(await signIn(device)).toMatchObject({ ok: true });
  });

  it.each([
    undefined,
    null,
    7,
    "x",
    [],
    {},
    { id: "x", rawId: "x", type: "public-key", response: {} },
    { id: "a".repeat(20_000) },
  ])("that is %j is refused", async (response) => {
    const { challenge } = await beginSignIn(visitor());
    expect(await finishSignIn(visitor(), { challenge, response })).toMatchObject({
      refusal: { code: "sign_in_failed" },
    });
    expect(await finishRegistration(visitor(), { enrolmentToken: "x", challenge, response })).toMatchObject({
      ok: false,
    });
  });
});

describe("a touch of the passkey", () => {
  const touchedAt = async (token: string) => (await findStaffSession(services, token))!.touchedAt;
  async function touch(token: string, staffId: StaffId, device: ReturnType<typeof softwareAuthenticator>) {
    const { options, challenge } = await beginTouch(visitor(), token);
    const input = { token, staffId, challenge, response: device.signIn(options.challenge) };
    return { input, outcome: await finishTouch(visitor(), input) };
  }

  it("counts for five minutes, for its own session, once a challenge", async () => {
    const { staffId, device } = await clerkWithPasskey();
    const [opened, elsewhere] = [await signIn(device), await signIn(device)];
    if (!opened.ok || !elsewhere.ok) throw new Error("a session was expected");
    const { token } = opened.value;
    services.clock.advance(5 * MINUTE_MS - 1);
    expect(isTouchFresh(await touchedAt(token), services.clock.now())).toBe(true);
    services.clock.advance(1);
    expect(isTouchFresh(await touchedAt(token), services.clock.now())).toBe(false);

    const { input, outcome } = await touch(token, staffId, device);
    expect(outcome).toMatchObject({ ok: true });
    expect(await touchedAt(token)).toEqual(services.clock.now());
    expect(await touchedAt(elsewhere.value.token)).not.toEqual(services.clock.now());
    services.clock.advance(MINUTE_MS);
    expect(await finishTouch(visitor(), input)).toMatchObject({ refusal: { code: "sign_in_failed" } });
    expect(await finishTouch(visitor(), { ...input, token: elsewhere.value.token })).toMatchObject({ ok: false });
  });

  it("of a colleague's passkey, or of a session that is over, counts for nothing", async () => {
    const [mine, colleague] = [await clerkWithPasskey(), await clerkWithPasskey()];
    const opened = await signIn(mine.device);
    if (!opened.ok) throw new Error(opened.refusal.code);
    const { token } = opened.value;
    services.clock.advance(MINUTE_MS);
    expect((await touch(token, mine.staffId, colleague.device)).outcome).toMatchObject({ ok: false });
    // The control: her own.
    expect((await touch(token, mine.staffId, mine.device)).outcome).toMatchObject({ ok: true });
    services.clock.advance(MINUTE_MS);
    await endStaffSession(visitor(), token);
    expect((await touch(token, mine.staffId, mine.device)).outcome).toMatchObject({ ok: false });
  });
});
