import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId, randomBytes } from "#platform/random.ts";
import { HONEY_LEAST_PARTIES, HONEY_SEED_BYTES } from "../rules/honey.ts";
import { deleteHoneyBefore, insertHoney, listAlone, type LikeWhom } from "../store/honey.ts";

/** What she seems to have filed is so many minutes before or after what the real party did, at most. */
const FILED_APART_MINUTES = 600;
/** Somebody of that age may have any service of hers; visas are for foreigners, whom no name here is of. */
const ANY_AGE = 30;

const dice = (): number => randomBytes(4).readUInt32BE();

/**
 * Each night, for the day that begins: one person who does not exist at each office with enough parties, like one who
 * comes alone. She takes no place, and is in no table that is counted. Returns how many are new.
 */
export async function plantHoney(ctx: Context): Promise<number> {
  const today = ctx.now.toISOString().slice(0, 10) as LocalDate;
  const { serviceBySlug } = await getNetwork(ctx);
  const isForAdults = ({ services }: LikeWhom) =>
    services.every((slug) => {
      const facts = serviceBySlug.get(slug);
      return facts !== undefined && slug !== "visa" && facts.ages.min <= ANY_AGE && facts.ages.max >= ANY_AGE;
    });
  return transaction(ctx, "worker", async (tx) => {
    await deleteHoneyBefore(tx, today);
    const alone = (await listAlone(tx, today, HONEY_LEAST_PARTIES)).filter(isForAdults);
    const offices = [...new Set(alone.map((one) => one.officeId))];
    return insertHoney(
      tx,
      offices.map((officeId) => {
        const here = alone.filter((one) => one.officeId === officeId);
        const like = here[dice() % here.length]!;
        const apart = ((dice() % (2 * FILED_APART_MINUTES + 1)) - FILED_APART_MINUTES) * MINUTE_MS;
        const filedAt = new Date(Math.min(like.filedAt.getTime() + apart, ctx.now.getTime()));
        return { ...like, id: newId<BookingId>(), localDate: today, filedAt, seed: randomBytes(HONEY_SEED_BYTES) };
      }),
    );
  });
}
