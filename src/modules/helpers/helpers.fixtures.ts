import { randomUUID } from "node:crypto";
import { contextFor, type Actor, type Context, type Services, type StaffRole } from "#platform/context.ts";
import { contextOf, softwareAuthenticator } from "#modules/people/people.fixtures.ts";
import { askToHelp } from "./commands/ask.ts";
import { approveHelper, giveEnrolment } from "./commands/judge.ts";
import {
  beginHelperRegistration,
  beginHelperSignIn,
  findHelperSession,
  finishHelperRegistration,
  finishHelperSignIn,
} from "./commands/sign-in.ts";
import { openHelper, type OpenedHelper } from "./queries/desk.ts";
import type { AskedField } from "./rules/asking.ts";
import type { HelperId, HelperSession } from "./types.ts";

export const A_PARISH: Readonly<Record<AskedField, string>> = {
  name: "Parroquia Inventada",
  place: "Fresno, California",
  answers: "Hermana Ficticia Prueba",
  contact: "559 555 0171",
  kind: "parish",
  peopleAWeek: "12",
};

/** A member of staff who may judge helpers; each id is another person, and an office another house. */
export function judge(
  services: Services,
  officeId: string | undefined,
  staffId: string = randomUUID(),
  role: StaffRole = officeId === undefined ? "analyst" : "office_head",
): Context {
  const actor: Actor = { kind: "staff", staffId, officeId, role };
  return contextFor(services, { actor, channel: "console", purpose: "helpers", requestId: "test", language: "es" });
}

/** Throws when it was refused. */
export function valueOf<T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

export async function asked(services: Services, change: Partial<typeof A_PARISH> = {}): Promise<HelperId> {
  return valueOf(await askToHelp(contextOf(services), { ...A_PARISH, ...change })).id;
}

export async function seen(services: Services, id: HelperId): Promise<OpenedHelper> {
  return valueOf(await openHelper(judge(services, undefined), id));
}

/** A helper that two people of two houses approved. */
export async function approved(services: Services): Promise<HelperId> {
  const id = await asked(services);
  for (const officeId of ["fresno", undefined])
    valueOf(await approveHelper(judge(services, officeId), await seen(services, id)));
  return id;
}

export type Device = ReturnType<typeof softwareAuthenticator>;

/** A device with a passkey of that helper. */
export async function enrolled(services: Services, id: HelperId): Promise<Device> {
  const { code } = valueOf(await giveEnrolment(judge(services, undefined), await seen(services, id)));
  const device = softwareAuthenticator(services.publicOrigin);
  const ctx = contextOf(services);
  const { options, challenge } = valueOf(await beginHelperRegistration(ctx, code));
  valueOf(await finishHelperRegistration(ctx, { code, challenge, response: device.register(options.challenge) }));
  return device;
}

export async function signIn(services: Services, device: Device) {
  const ctx = contextOf(services);
  const { options, challenge } = await beginHelperSignIn(ctx);
  return finishHelperSignIn(ctx, { challenge, response: device.signIn(options.challenge) });
}

/** A helper at its desk. */
export async function atTheDesk(
  services: Services,
): Promise<{ id: HelperId; device: Device; token: string; session: HelperSession }> {
  const id = await approved(services);
  const device = await enrolled(services, id);
  const { token } = valueOf(await signIn(services, device));
  const session = await findHelperSession(services, token);
  if (!session) throw new Error("no session");
  return { id, device, token, session };
}
