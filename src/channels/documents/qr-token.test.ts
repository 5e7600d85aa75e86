import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BookingId } from "#kernel/ids.ts";
import { linkToken } from "#modules/messaging/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { qrToken, readQrToken } from "./qr-token.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

describe("the token of a printed code", () => {
  it("is read back by us and says nothing else", async () => {
    const id = randomUUID() as BookingId;
    const token = await qrToken(services, id);
    expect(token).toMatch(/^[\w-]{46}$/);
    expect(await readQrToken(services, token)).toBe(id);
  });

  it("cannot be made from another booking, a link or a changed letter", async () => {
    const [id, other] = [randomUUID() as BookingId, randomUUID() as BookingId];
    const token = await qrToken(services, id);
    const changed = Array.from(
      { length: 46 },
      (_, i) => token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1),
    );
    const foreign = [
      await linkToken(services, id),
      (await qrToken(services, other)).slice(0, 22) + token.slice(22),
      "",
      token + token,
      "á".repeat(46),
    ];
    expect(await Promise.all([...changed, ...foreign].map((one) => readQrToken(services, one)))).toEqual(
      Array.from({ length: 51 }, () => undefined),
    );
  });
});
