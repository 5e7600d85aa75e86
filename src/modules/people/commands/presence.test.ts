import { afterAll, beforeAll, expect, test } from "vitest";
import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { contextFor, systemContext, transaction, type Context, type StaffRole } from "#platform/context.ts";
import { formatFolio } from "#kernel/folio.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { FRESNO } from "#tests/support/fixtures.ts";
import { contextOf, softwareAuthenticator } from "../people.fixtures.ts";
import { codeDigits } from "../queries.ts";
import { issueCard } from "./cards.ts";
import { beginRegistration, finishRegistration } from "./passkeys.ts";
import {
  askCodeAtDesk,
  attestPresence,
  beginAttestation,
  restorePresence,
  showByCard,
  showByCode,
  usePresence,
} from "./presence.ts";
import { addStaff, createEnrolment, deactivateStaff } from "./staff.ts";

const TOKEN = "the cookie of whoever asks";
let services: TestServices;
let clerk: Awaited<ReturnType<typeof aColleague>>;
beforeAll(async () => {
  services = await openTestServices();
  clerk = await aColleague();
});
afterAll(() => services.close());

/** A member of staff with a passkey of her own. */
async function aColleague(role: StaffRole = "clerk", officeId: OfficeId = FRESNO) {
  const system = systemContext(services, "test");
  const added = await addStaff(system, { officeId, role, name: "Luz Prueba" });
  if (!added.ok) throw new Error(added.refusal.code);
  const staffId: StaffId = added.value.id;
  const device = softwareAuthenticator(services.publicOrigin);
  const link = await createEnrolment(system, staffId);
  const begun = link.ok && (await beginRegistration(contextOf(services), link.value.token));
  if (!link.ok || !begun || !begun.ok) throw new Error("no link");
  const { options, challenge } = begun.value;
  const response = device.register(options.challenge);
  await finishRegistration(contextOf(services), { enrolmentToken: link.value.token, challenge, response });
  return { staffId, device, actor: { kind: "staff", staffId, officeId, role } as const };
}
const at = ({ actor }: { actor: Context["actor"] }): Context =>
  contextFor(services, { actor, channel: "console", purpose: "reception", requestId: "test", language: "es" });
const use = (ctx: Context, id: string) => transaction(ctx, "console", (tx) => usePresence(ctx, tx, id, "date"));
const shown = (outcome: { ok: boolean }) => (outcome as unknown as { value: { id: string } }).value.id;

async function answerOf(second: Awaited<ReturnType<typeof aColleague>>, token = TOKEN) {
  const { options, challenge } = await beginAttestation(at(clerk), token);
  return { token: TOKEN, challenge, response: second.device.signIn(options.challenge) };
}

test("the code that she reads out shows that she is there, once and for a quarter of an hour", async () => {
  const ctx = at(clerk);
  const asked = await askCodeAtDesk(ctx, { kind: "email", address: "fila@ejemplo.invalid" });
  if (!asked.ok) throw new Error(asked.refusal.code);
  const [code] = await services.adminQuery<{ id: string; contact_id: string }>(
    "select id, contact_id from people.codes",
  );
  const digits = await codeDigits(ctx, code!.id);
  const { token } = asked.value;
  const wrong = digits === "000000" ? "000001" : "000000";
  expect(await showByCode(ctx, { token, code: wrong })).toMatchObject({ refusal: { code: "wrong_code" } });
  const first = await showByCode(ctx, { token, code: digits });
  // Neither the code nor the desk's session opens anything afterwards.
  expect(await showByCode(ctx, { token, code: digits })).toMatchObject({ refusal: { code: "code_expired" } });
  expect(await use(ctx, shown(first))).toEqual({ shown: "code", contactId: code!.contact_id });
  expect(await use(ctx, shown(first))).toBeUndefined();
  await transaction(ctx, "console", (tx) => restorePresence(ctx, tx, shown(first)));
  services.clock.advance(15 * MINUTE_MS);
  expect(await use(at(clerk), shown(first))).toBeUndefined();
});

test("the PIN of a card shows it, but not to whoever gave the card and so knows the PIN", async () => {
  const card = await issueCard(at(clerk));
  if (!card.ok) throw new Error(card.refusal.code);
  const { pin, contactId } = card.value;
  const folio = formatFolio(card.value.folio);
  expect(await showByCard(at(clerk), { folio, pin })).toMatchObject({ refusal: { code: "own_card" } });
  const other = await aColleague();
  const wrong = pin === "000000" ? "000001" : "000000";
  expect(await showByCard(at(other), { folio, pin: wrong })).toMatchObject({ refusal: { code: "wrong_card" } });
  const presence = await showByCard(at(other), { folio, pin });
  expect(await use(at(clerk), shown(presence))).toBeUndefined();
  expect(await use(at(other), shown(presence))).toEqual({ shown: "card", contactId });
});

test("with neither a colleague of the same office attests it: never oneself, a guard, another office, or one who left", async () => {
  const refused = { refusal: { code: "not_a_second" } };
  const no = [clerk, await aColleague("door"), await aColleague("clerk", "chicago" as OfficeId)];
  for (const one of no) expect(await attestPresence(at(clerk), await answerOf(one))).toMatchObject(refused);
  const left = await aColleague();
  await deactivateStaff(systemContext(services, "test"), left.staffId);
  expect(await attestPresence(at(clerk), await answerOf(left))).toMatchObject(refused);

  const second = await aColleague();
  // An answer that was given at another screen is not one at this.
  expect(await attestPresence(at(clerk), await answerOf(second, "another cookie"))).toMatchObject(refused);
  const answer = await answerOf(second);
  const attested = await attestPresence(at(clerk), answer);
  expect(await use(at(clerk), shown(attested))).toEqual({ shown: "second", contactId: undefined });
  // The same answer again attests nobody else.
  expect(await attestPresence(at(clerk), answer)).toMatchObject(refused);
  const lines = await services.adminQuery(
    "select action, actor_id from audit.entries where action in ('people.attested', 'people.present_by_second') order by action",
  );
  expect(lines).toEqual([
    { action: "people.attested", actor_id: second.staffId },
    { action: "people.present_by_second", actor_id: clerk.staffId },
  ]);
});

test("whoever books for nobody shows nobody", async () => {
  const guard = at(await aColleague("door"));
  const refused = { refusal: { code: "not_allowed" } };
  expect(await askCodeAtDesk(guard, { kind: "email", address: "fila@ejemplo.invalid" })).toMatchObject(refused);
  expect(await showByCard(guard, { folio: "X", pin: "1" })).toMatchObject(refused);
  expect(await attestPresence(guard, await answerOf(clerk))).toMatchObject(refused);
});
