import type { OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { withoutMetadata } from "#platform/photo.ts";
import {
  findVenuePhoto,
  insertResource,
  insertVenue,
  listUses,
  listVenues,
  setVenuePhoto,
  updateVenue,
} from "../store/venues.ts";
import { lockHorizon } from "../store/sessions.ts";
import type { Venue } from "../types.ts";
import { placeOf } from "./day-checks.ts";

/** Longest picture of a venue, in bytes; the table says the same. */
export const MOST_PHOTO_BYTES = 300_000;

export type VenueRefusal =
  | { readonly code: "unknown_venue" }
  /** No JPEG, PNG or WebP, or too large. */
  | { readonly code: "not_a_photo" }
  /** A day to come is told with it: it moves to another venue, so that everybody hears of it. */
  | { readonly code: "venue_in_use" }
  | { readonly code: "name_taken" };

type VenueFields = Omit<Venue, "id" | "hasPhoto" | "retired">;

export function getVenues(ctx: Context, officeId: OfficeId): Promise<Venue[]> {
  return transaction(ctx, "console", (tx) => listVenues(tx, officeId));
}

export async function addVenue(ctx: Context, officeId: OfficeId, fields: VenueFields): Promise<Venue> {
  const id = newId<string>();
  await transaction(ctx, "console", async (tx) => {
    await insertVenue(tx, officeId, { ...fields, id });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.venue", officeId }]);
  });
  return { ...fields, id, hasPhoto: false, retired: false };
}

/** Where it is stays as it was told while a day to come is there; its way in may change, and what is in no plan may be put right. */
export async function changeVenue(
  ctx: Context,
  officeId: OfficeId,
  venue: Omit<Venue, "hasPhoto">,
): Promise<Outcome<Venue, VenueRefusal>> {
  const { today } = await placeOf(ctx, officeId);
  return transaction(ctx, "console", async (tx) => {
    // Whoever publishes a day there at this moment waits, or is seen.
    await lockHorizon(tx, officeId);
    const before = (await listVenues(tx, officeId)).find((one) => one.id === venue.id);
    const uses = await listUses(tx, officeId, venue.id, today);
    const isTold = uses.some((state) => state !== "draft");
    if (before && ((isTold && !isSamePlace(before, venue)) || (uses.length > 0 && venue.retired)))
      return refuse({ code: "venue_in_use" });
    if (!(await updateVenue(tx, officeId, venue, ctx.now))) return refuse({ code: "unknown_venue" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.venue", officeId }]);
    return accept((await listVenues(tx, officeId)).find((one) => one.id === venue.id)!);
  });
}

function isSamePlace(a: VenueFields, b: VenueFields): boolean {
  return (["name", "street", "city", "region", "latitude", "longitude"] as const).every((name) => a[name] === b[name]);
}

/** Keeps the picture without what the camera wrote into it. */
export async function setPhoto(
  ctx: Context,
  officeId: OfficeId,
  id: string,
  bytes: Buffer,
): Promise<Outcome<Venue, VenueRefusal>> {
  const photo = withoutMetadata(bytes);
  if (!photo || photo.length > MOST_PHOTO_BYTES) return refuse({ code: "not_a_photo" });
  return transaction(ctx, "console", async (tx) => {
    if (!(await setVenuePhoto(tx, officeId, id, photo))) return refuse({ code: "unknown_venue" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.venue", officeId }]);
    return accept((await listVenues(tx, officeId)).find((one) => one.id === id)!);
  });
}

export function getPhoto(ctx: Context, officeId: OfficeId, id: string): Promise<Buffer | undefined> {
  return transaction(ctx, "console", (tx) => findVenuePhoto(tx, officeId, id));
}

/** A crew or kit of the network; `officeId` is where it is kept. */
export function addResource(
  ctx: Context,
  resource: { readonly kind: "crew" | "kit"; readonly name: string; readonly officeId: OfficeId },
): Promise<Outcome<{ readonly id: string }, VenueRefusal>> {
  return transaction(ctx, "console", async (tx) => {
    const id = newId<string>();
    if (!(await insertResource(tx, { ...resource, id }))) return refuse({ code: "name_taken" });
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "plan.resource", officeId: resource.officeId }]);
    return accept({ id });
  });
}
