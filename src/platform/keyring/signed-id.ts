import { isUuid } from "#kernel/ids.ts";
import type { Keyring, SignatureName } from "./index.ts";

/** 16 bytes of the id and 18 of the signature, in base64url. */
const TOKEN = /^([\w-]{22})([\w-]{24})$/;

/** An id that leaves the house in a link or a printed code: opaque, and worth nothing when it was not made here for that purpose. */
export async function signId(keyring: Pick<Keyring, "sign">, name: SignatureName, id: string): Promise<string> {
  if (!isUuid(id)) throw new Error("only an id of ours is signed");
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url") + (await keyring.sign(name, id));
}

/** The id of a token that was signed for this purpose; undefined for anything else. */
export async function readSignedId(
  keyring: Pick<Keyring, "verify">,
  name: SignatureName,
  token: string,
): Promise<string | undefined> {
  const [, head, signature] = TOKEN.exec(token) ?? [];
  if (!head || !signature) return undefined;
  const bytes = Buffer.from(head, "base64url");
  // The last character has bits to spare: one id has one token.
  if (bytes.toString("base64url") !== head) return undefined;
  const id = bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return (await keyring.verify(name, id, signature)) ? id : undefined;
}
