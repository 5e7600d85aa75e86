import { expect, test } from "vitest";
import { keyOf, newSalt, seal, unseal } from "./vault.ts";

test("only the same PIN reads what was kept, nobody reads the key, and one changed byte is noticed", async () => {
  const salt = newSalt();
  const key = await keyOf("271828", salt);
  const sealed = await seal(key, { name: "Rosa I." });
  expect(new TextDecoder().decode(sealed.data)).not.toContain("Rosa");
  expect(await unseal(await keyOf("271828", salt), sealed)).toEqual({ name: "Rosa I." });
  expect(await unseal(await keyOf("271829", salt), sealed)).toBeUndefined();
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
  const changed = new Uint8Array(sealed.data.slice(0));
  changed[3]! ^= 1;
  expect(await unseal(key, { ...sealed, data: changed.buffer })).toBeUndefined();
});
