import { randomBytes } from "node:crypto";
import type pg from "pg";
import type { LocalDate } from "#kernel/ids.ts";
import type { Clock } from "../clock.ts";

/** Bytes of a share: as hard to guess as the key that it completes. */
const SHARE_BYTES = 16;
/** Shares of a block: 16 KB, one write for a thousand records. */
const SLOTS = 1_024;
/** The next block is made when so many of one are given out, so that nobody waits for it. */
const AHEAD = 768;
/** Bytes by which a blob names its share: block and number. */
export const SHARE_REF_BYTES = 10;
/** Blocks that are remembered: a million records. Then, and after this time, all are read anew: another node may have destroyed some. */
const MOST_KNOWN = 1_024;
const KNOWN_MS = 10 * 60_000;
const GONE = Buffer.alloc(SHARE_BYTES);

interface Block {
  readonly id: Buffer;
  readonly shares: Buffer;
  next: number;
}

export interface Share {
  /** As the blob names it. */
  readonly ref: Buffer;
  readonly share: Buffer;
}

export interface Shares {
  /** One that nobody has had, in a block that is destroyed after that day. */
  take(destroyAfter: LocalDate): Promise<Share>;
  /** Those that are still there, by their reference in hex. */
  read(refs: ReadonlySet<string>): Promise<Map<string, Buffer>>;
  /** Overwrites them. Once more is nothing. Returns how many blocks were changed. */
  destroy(refs: readonly Uint8Array[]): Promise<number>;
  destroyDue(on: LocalDate): Promise<void>;
}

/** Blocks of shares in their table; a process takes from blocks of its own, and what is left of one when it ends is never used. */
export function openShares(pool: pg.Pool, clock: Clock): Shares {
  const current = new Map<LocalDate, Block>();
  const making = new Map<LocalDate, Promise<Block>>();
  let known = new Map<string, Buffer>();
  let knownSince = performance.now();

  const make = async (destroyAfter: LocalDate): Promise<Block> => {
    const block = { id: randomBytes(8), shares: randomBytes(SLOTS * SHARE_BYTES), next: 0 };
    await pool.query({
      text: "insert into keyring.shares (id, shares, made_at, destroy_after) values ($1, $2, $3, $4)",
      values: [block.id, block.shares, clock.now(), destroyAfter],
    });
    return block;
  };
  const nextBlock = (destroyAfter: LocalDate): Promise<Block> => {
    let made = making.get(destroyAfter);
    if (!made) {
      making.set(destroyAfter, (made = make(destroyAfter)));
      made.catch(() => making.delete(destroyAfter));
    }
    return made;
  };
  const forget = (): void => {
    known = new Map();
    knownSince = performance.now();
  };

  return {
    async take(destroyAfter) {
      for (;;) {
        const block = current.get(destroyAfter);
        if (block && block.next < SLOTS) {
          const slot = block.next++;
          if (slot === AHEAD) void nextBlock(destroyAfter);
          const number = Buffer.alloc(2);
          number.writeUInt16BE(slot);
          return { ref: Buffer.concat([block.id, number]), share: shareAt(block.shares, slot) };
        }
        const made = await nextBlock(destroyAfter);
        if (current.get(destroyAfter) !== block) continue;
        current.set(destroyAfter, made);
        making.delete(destroyAfter);
      }
    },
    async read(refs) {
      if (performance.now() - knownSince > KNOWN_MS || known.size > MOST_KNOWN) forget();
      const missing = new Set([...refs].map(blockOf).filter((id) => !known.has(id)));
      if (missing.size > 0) {
        const { rows } = await pool.query<{ id: Buffer; shares: Buffer }>({
          name: "shares by id",
          text: "select id, shares from keyring.shares where id = any($1)",
          values: [[...missing].map((id) => Buffer.from(id, "hex"))],
        });
        for (const { id, shares } of rows) known.set(id.toString("hex"), shares);
      }
      return new Map(
        [...refs].flatMap((ref) => {
          const block = known.get(blockOf(ref));
          const slot = Number.parseInt(ref.slice(16), 16);
          const share = block && slot < SLOTS ? shareAt(block, slot) : GONE;
          return share.equals(GONE) ? [] : [[ref, share] as const];
        }),
      );
    },
    async destroy(refs) {
      const slots = new Map<string, number[]>();
      for (const ref of refs) {
        if (ref.length !== SHARE_REF_BYTES) continue;
        const text = Buffer.from(ref).toString("hex");
        slots.set(blockOf(text), [...(slots.get(blockOf(text)) ?? []), Number.parseInt(text.slice(16), 16)]);
      }
      let changed = 0;
      for (const [id, numbers] of slots) changed += await overwrite(pool, Buffer.from(id, "hex"), numbers);
      // Of the blocks that are being given out only the shares not yet taken matter here.
      forget();
      return changed;
    },
    async destroyDue(on) {
      await pool.query("delete from keyring.shares where destroy_after < $1", [on]);
      forget();
    },
  };
}

const blockOf = (ref: string): string => ref.slice(0, 16);
const shareAt = (shares: Buffer, slot: number): Buffer => shares.subarray(slot * SHARE_BYTES, (slot + 1) * SHARE_BYTES);

async function overwrite(pool: pg.Pool, id: Buffer, slots: readonly number[]): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ shares: Buffer }>(
      "select shares from keyring.shares where id = $1 for update",
      [id],
    );
    const shares = rows[0]?.shares;
    for (const slot of slots) shares?.fill(0, slot * SHARE_BYTES, (slot + 1) * SHARE_BYTES);
    if (shares) await client.query("update keyring.shares set shares = $2 where id = $1", [id, shares]);
    await client.query("commit");
    return shares ? 1 : 0;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
