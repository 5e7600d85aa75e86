import type { OfficeId } from "#kernel/ids.ts";
import { sha256, utf8 } from "#kernel/digest.ts";
import { folioFrom, formatFolio, parseFolio } from "#kernel/folio.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Services } from "#platform/context.ts";
import { newId, randomBytes } from "#platform/random.ts";
import { findByToken, insertDevice, listEnrolled, revoke, takeCode } from "../store/devices.ts";
import { notifyOffices } from "../store/visits.ts";
import type { Device, DeviceKind } from "../types.ts";
import { inHall } from "./office.ts";

/** Long enough to walk from the console to the wall with a keyboard. Our own number. */
export const DEVICE_CODE_MINUTES = 10;
const TOKEN_BYTES = 32;

export type DeviceRefusal = { readonly code: "not_allowed" } | { readonly code: "unknown_device" };

/** A code with which a browser becomes a device of the office, once. Whoever runs the office gives it. */
export function offerDevice(
  ctx: Context,
  input: { kind: DeviceKind },
): Promise<Outcome<{ readonly code: string; readonly until: Date }, { readonly code: "not_allowed" }>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId, staffId }) => {
    const folio = folioFrom(randomBytes(12));
    const until = new Date(ctx.now.getTime() + DEVICE_CODE_MINUTES * MINUTE_MS);
    const device = { id: newId<string>(), officeId, kind: input.kind, codeUntil: until, offeredBy: staffId };
    await insertDevice(tx, { ...device, codeDigest: digestOf(folio) });
    await note(ctx, tx, "device.offer", officeId);
    return accept({ code: formatFolio(folio), until });
  });
}

/** What a browser sends that was given a code. Answers with its token, which nobody else ever sees. */
export async function enrolDevice(
  ctx: Context,
  input: { kind: DeviceKind; code: string },
): Promise<Outcome<{ readonly device: Device; readonly token: string }, { readonly code: "wrong_code" }>> {
  const folio = parseFolio(input.code);
  if (!folio) return refuse({ code: "wrong_code" });
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return transaction(ctx, "console", async (tx) => {
    const device = await takeCode(tx, input.kind, digestOf(folio), digestOf(token), ctx.now);
    if (!device) return refuse({ code: "wrong_code" });
    await note(ctx, tx, "device.enrol", device.officeId);
    return accept({ device, token });
  });
}

/** The device whose browser has this token; undefined when nobody enrolled it, or it was revoked. */
export function findDevice({ database }: Pick<Services, "database">, token: string): Promise<Device | undefined> {
  return database.reading("console", (tx) => findByToken(tx, digestOf(token)));
}

/** Ids of an office's devices that are enrolled: whoever keeps a line open for one asks again. */
export async function enrolledIds(
  { database }: Pick<Services, "database">,
  officeId: OfficeId,
): Promise<ReadonlySet<string>> {
  const devices = await database.reading("console", (tx) => listEnrolled(tx, officeId));
  return new Set(devices.map(({ id }) => id));
}

export function listDevices(ctx: Context): Promise<Outcome<readonly Device[], { readonly code: "not_allowed" }>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId }) => accept(await listEnrolled(tx, officeId)));
}

/** Its browser is told at once where it listens, and shows nothing from then on. */
export function revokeDevice(ctx: Context, input: { deviceId: string }): Promise<Outcome<true, DeviceRefusal>> {
  return inHall(ctx, "edit_schedule", async ({ tx, officeId }): Promise<Outcome<true, DeviceRefusal>> => {
    if (!(await revoke(tx, officeId, input.deviceId, ctx.now))) return refuse({ code: "unknown_device" });
    await note(ctx, tx, "device.revoke", officeId);
    await notifyOffices(tx, [{ officeId, devices: true }]);
    return accept(true);
  });
}

function note(ctx: Context, tx: Parameters<typeof insertAudit>[0], action: string, officeId: OfficeId): Promise<void> {
  return insertAudit(tx, [{ ...ctx, at: ctx.now, action, officeId }]);
}

function digestOf(text: string): Uint8Array {
  return sha256(utf8(text));
}
