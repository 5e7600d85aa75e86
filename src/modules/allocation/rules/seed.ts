import { fromHex, hmacSha256, sha256, toHex, utf8 } from "#kernel/digest.ts";
import type { AppId, Digest, DrawId } from "../types.ts";

const LABEL = "mc-draw-v1";

/**
 * Everything the order depends on. Root and supply are fixed before the randomness exists, so neither who
 * asks nor who runs the draw can try again. Every part has a fixed length: nothing can be moved between them.
 */
export function drawSeed(draw: DrawId, root: Digest, supply: Digest, randomness: Digest): Digest {
  const bytes = sha256(utf8(LABEL), utf8(draw), fromHex(root), fromHex(supply), fromHex(randomness));
  return toHex(bytes) as Digest;
}

/** An entry's place in the lot, lowest first. Nothing of her wishes, her name or the hour of filing goes in. */
export function entryKey(seed: Digest, app: AppId): Digest {
  return toHex(hmacSha256(fromHex(seed), fromHex(app))) as Digest;
}
