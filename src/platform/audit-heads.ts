import { fromHex, toHex, utf8 } from "#kernel/digest.ts";
import { isSignedBy } from "#kernel/signature.ts";
import type { Context } from "./context.ts";
import { rows, run, sql, type Tx } from "./db/index.ts";

/** The end of the chain at one moment, as it is published. */
export interface AuditHead {
  readonly at: Date;
  /** Hex of 32 bytes. */
  readonly hash: string;
  /** Hex of 64 bytes: Ed25519 of the installation's key `audit`. */
  readonly signature: string;
}

/** What is signed of a head; a verifier writes the same. */
function headText({ at, hash }: Pick<AuditHead, "at" | "hash">): string {
  return `ventanilla audit head 1\n${at.toISOString()}\n${hash}\n`;
}

/** Whether that installation's key signed the head. */
export function isHeadSigned(head: AuditHead, publicKey: string): boolean {
  return isSignedBy(publicKey, utf8(headText(head)), fromHex(head.signature));
}

/** Signs where the chain ends now, unless a head of that end is kept already. */
export async function signHead(ctx: Context, tx: Tx): Promise<void> {
  const [end] = await rows<{ position: string; hash: Buffer }>(
    tx,
    sql`select position, hash from audit.chain order by position desc limit 1`,
  );
  if (!end) return;
  const signature = await ctx.keyring.signPublic("audit", headText({ at: ctx.now, hash: toHex(end.hash) }));
  await run(
    tx,
    sql`insert into audit.heads (at, position, hash, signature) values (${ctx.now}, ${end.position}, ${end.hash}, ${Buffer.from(signature)})
        on conflict do nothing`,
  );
}

/** Heads signed since an instant, the oldest first. */
export async function listHeads(tx: Tx, since: Date): Promise<(AuditHead & { readonly position: number })[]> {
  const found = await rows<{ at: Date; position: string; hash: Buffer; signature: Buffer }>(
    tx,
    sql`select at, position, hash, signature from audit.heads where at >= ${since} order by at`,
  );
  return found.map(({ at, position, hash, signature }) => ({
    at,
    position: Number(position),
    hash: toHex(hash),
    signature: toHex(signature),
  }));
}

/** What is wrong with the chain as its signed heads tell it; `from` and `to` are positions between which it was done. */
export interface HeadFault {
  readonly what: "forged_head" | "cut_off" | "rewritten";
  readonly at: Date;
  readonly from: number;
  readonly to: number | undefined;
}

/**
 * Compares a chain that follows in itself with its signed heads: those that are kept here, and copies that an outsider
 * brought. The first head that is not the chain's says since when. Undefined when all are.
 */
export async function checkHeads(
  tx: Tx,
  publicKey: string,
  brought: readonly AuditHead[],
): Promise<HeadFault | undefined> {
  const kept = await listHeads(tx, new Date(0));
  const positionOf = new Map(kept.map((one) => [one.hash, one.position]));
  const all = [...kept, ...brought].sort((a, b) => a.at.getTime() - b.at.getTime());
  const standing = new Map(
    (
      await rows<{ hash: Buffer; position: string }>(
        tx,
        sql`select hash, position from audit.chain where hash = any(${all.map((one) => Buffer.from(one.hash, "hex"))}::bytea[])`,
      )
    ).map((one) => [toHex(one.hash), Number(one.position)]),
  );
  const [end] = await rows<{ position: string | null }>(tx, sql`select max(position) as position from audit.chain`);
  let right = 0;
  for (const head of all) {
    const wanted = positionOf.get(head.hash);
    const found = standing.get(head.hash);
    if (!isHeadSigned(head, publicKey)) return { what: "forged_head", at: head.at, from: right + 1, to: wanted };
    if (found !== undefined && (wanted === undefined || wanted === found)) right = Math.max(right, found);
    else if (wanted !== undefined && wanted > Number(end?.position ?? 0))
      return { what: "cut_off", at: head.at, from: Number(end?.position ?? 0) + 1, to: wanted };
    else return { what: "rewritten", at: head.at, from: right + 1, to: wanted };
  }
  return undefined;
}
