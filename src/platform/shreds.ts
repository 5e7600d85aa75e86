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

export async function forgetShreds(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.shreds where done_at < ${before}`);
}
