import type { ContactId } from "#kernel/ids.ts";
import { transaction, type Context } from "#platform/context.ts";
import { oneRow, sql } from "#platform/db/index.ts";
import { keyTexts } from "../rules/marks.ts";
import { profileOf } from "../rules/profile.ts";
import type { FiledPerson } from "../types.ts";

/**
 * Whether this contact has identity level 2 for all of these people: a clerk had the document of each in hand at a
 * visit that this very contact filed, and that is not erased yet (fairness.md 4.4.5). It reads the contact's own filings
 * and says nothing of what others filed or were served.
 */
export async function isIdentified(
  ctx: Context,
  contactId: ContactId,
  people: readonly Omit<FiledPerson, "ordinal" | "seen">[],
): Promise<boolean> {
  const texts = people.map((person) => keyTexts(profileOf(person)));
  const digests = await ctx.keyring.digest("identity", texts.flat());
  let at = 0;
  const keys = texts.map((own) => {
    const live = own.flatMap(() => digests[at++]!.map(({ digest }) => digest.readBigInt64BE(0)));
    return `{${live.join(",")}}`;
  });
  const { all } = await transaction(ctx, "citizen_reader", (tx) =>
    oneRow<{ all: boolean }>(
      tx,
      sql`select coalesce(bool_and(exists (
            select from integrity.filings f where f.contact_id = ${contactId} and f.seen and f.keys && asked::bigint[])), false) as all
          from unnest(${keys}::text[]) as asked`,
    ),
  );
  return all;
}
