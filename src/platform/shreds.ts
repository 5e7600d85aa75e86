import { transaction, type Context } from "./context.ts";
import { rows, run, sql, type Tx } from "./db/index.ts";

/** Days for which a destroyed share is remembered: backups of the keyring are kept for seven at most (docs/runbooks/backup-and-keys.md). */
export const SHREDS_KEPT_DAYS = 8;
const AT_ONCE = 500;

/**
 * Destroys the shares of whatever was deleted or sealed anew since. If the program dies between the keyring and the row,
 * it is done once more, which changes nothing. Returns how many.
 */
export async function shredDue(ctx: Context): Promise<number> {
  let done = 0;
  for (;;) {
    const due = await transaction(ctx, "worker", (tx) =>
      rows<{ share: Buffer }>(
        tx,
        sql`select share from platform.shreds where done_at is null order by asked_at limit ${AT_ONCE}`,
      ),
    );
    const shares = due.map((one) => one.share);
    if (shares.length > 0) await ctx.keyring.shred(shares);
    await transaction(ctx, "worker", (tx) =>
      run(tx, sql`update platform.shreds set done_at = ${ctx.now} where share = any(${shares}::bytea[])`),
    );
    done += shares.length;
    if (shares.length < AT_ONCE) return done;
  }
}

/** After an older keyring was restored: everything of the last days is to be destroyed again. */
export async function askAllAgain(tx: Tx): Promise<number> {
  return run(tx, sql`update platform.shreds set done_at = null where done_at is not null`);
}

/** A line of the log of what was destroyed: block and number of the share in hex, and when it was asked for. Nothing of a person. */
const LINE = /^([0-9a-f]{20}) (\d{4}-\d\d-\d\dT[\d:.]+Z)$/;

/** The log of the last days, to be kept outside of every backup: a database that was restored does not know what was erased after it. */
export async function shredLog(tx: Tx): Promise<string> {
  const found = await rows<{ share: Buffer; askedAt: Date }>(
    tx,
    sql`select share, asked_at as "askedAt" from platform.shreds order by asked_at, share`,
  );
  return found.map(({ share, askedAt }) => `${share.toString("hex")} ${askedAt.toISOString()}\n`).join("");
}

/** Asks for everything of such a log to be destroyed again; the same twice is once. Throws before anything is asked where a line is not one. */
export async function askLogAgain(tx: Tx, log: string): Promise<number> {
  const lines = log.split("\n").filter((line) => line !== "");
  const read = lines.map((line, i) => {
    const [, share, askedAt] = LINE.exec(line) ?? [];
    const at = new Date(askedAt ?? Number.NaN);
    if (share === undefined || Number.isNaN(at.getTime())) throw new Error(`not a log of shares: line ${i + 1}`);
    return { share: Buffer.from(share, "hex"), at };
  });
  return run(
    tx,
    sql`insert into platform.shreds (share, asked_at)
        select distinct on (share) share, at from unnest(${read.map((one) => one.share)}::bytea[], ${read.map((one) => one.at)}::timestamptz[]) as t (share, at)
        order by share, at
        on conflict (share) do update set done_at = null`,
  );
}

export async function forgetShreds(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.shreds where done_at < ${before}`);
}
