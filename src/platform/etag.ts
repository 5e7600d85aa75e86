import { createHash } from "node:crypto";

/** Characters of the digest: 132 bits, far more than two versions of one page need to differ. */
const TAG_CHARACTERS = 22;

/** The name of just this content, in quotes, as the ETag header has it. Hashes the body: once for each content. */
export function etagOf(body: string | Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url").slice(0, TAG_CHARACTERS)}"`;
}
