import { randomUUID } from "node:crypto";
import { contextFor, type Context, type StaffRole } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { openAdvert, type OpenedAdvert } from "./queries/one.ts";
import type { AdvertId, AdvertReport } from "./types.ts";

export const aReport = (change: Partial<AdvertReport> = {}): AdvertReport => ({
  platform: "facebook",
  link: "https://www.facebook.com/citas.rapidas/posts/1",
  words: "Citas para pasaporte garantizadas. Mande mensaje al 559 555 0143",
  ...change,
});

/** Somebody who reports and is nobody. */
export function theCitizenry(services: TestServices): Context {
  return contextFor(services, {
    actor: { kind: "visitor", sessionId: undefined },
    channel: "web",
    purpose: "report an advert",
    requestId: randomUUID(),
    language: "es",
  });
}

/** A member of staff without an office; each id is another person. */
export function analyst(services: TestServices, staffId: string = randomUUID(), role: StaffRole = "analyst"): Context {
  return contextFor(services, {
    actor: { kind: "staff", staffId, officeId: undefined, role },
    channel: "console",
    purpose: "integrity",
    requestId: randomUUID(),
    language: "es",
  });
}

/** The advert as an analyst reads it; throws when she may not. */
export async function opened(ctx: Context, id: AdvertId): Promise<OpenedAdvert> {
  const outcome = await openAdvert(ctx, id);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
}

/** A PNG that says how large it is and holds no picture; with a text that a camera could have written. */
export function aPicture(width = 720, height = 1280, secret = "GPS 36.7 N"): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length);
    return Buffer.concat([size, Buffer.from(type, "latin1"), body, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("tEXt", Buffer.from(secret)),
    chunk("IDAT", Buffer.from("picture")),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
