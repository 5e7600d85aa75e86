import type { ContactId } from "#kernel/ids.ts";
import { rows, sql } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { digitsFrom } from "./rules.ts";
import type { CodeKind, CodeToSend, ContactAddress, ContactKind, Language, StaffMember } from "./types.ts";

/** Where these contacts are reached; personal, for the instant of sending. Erased contacts are not in the answer. */
export async function contactAddress(
  ctx: Context,
  contactIds: readonly ContactId[],
): Promise<Map<ContactId, ContactAddress>> {
  const found = await transaction(ctx, "worker", (tx) =>
    rows<{ id: ContactId; kind: ContactKind; language: Language; sealed: Buffer | null }>(
      tx,
      sql`select id, kind, language, sealed from people.contacts where id = any(${contactIds}::uuid[])`,
    ),
  );
  const sealed = found.flatMap(({ id, sealed }) => (sealed ? [{ id, sealed }] : []));
  const opened = await ctx.keyring.open(
    sealed.map((one) => ({ field: "people.contact", row: one.id, sealed: one.sealed })),
  );
  const addresses = new Map(sealed.map(({ id }, i) => [id, opened[i]]));
  return new Map(found.map(({ id, kind, language }) => [id, { kind, language, address: addresses.get(id) }]));
}

/** The codes among these that are still worth delivering, with their digits. */
export async function listCodesToSend(ctx: Context, codeIds: readonly string[]): Promise<CodeToSend[]> {
  const found = await transaction(ctx, "worker", (tx) =>
    rows<{ codeId: string; contactId: ContactId; kind: CodeKind; language: Language; expiresAt: Date }>(
      tx,
      sql`select id as "codeId", contact_id as "contactId", kind, language, expires_at as "expiresAt" from people.codes
          where id = any(${codeIds}::uuid[]) and not withheld and used_at is null and expires_at > ${ctx.now}`,
    ),
  );
  const digests = await ctx.keyring.digest(
    "code",
    found.map((one) => one.codeId),
  );
  return found.map((one, i) => ({ ...one, digits: digitsFrom(digests[i]![0]!.digest) }));
}

/** The six digits of a code. They are computed, never stored. */
export async function codeDigits(ctx: Pick<Context, "keyring">, codeId: string): Promise<string> {
  const [versions] = await ctx.keyring.digest("code", [codeId]);
  return digitsFrom(versions![0]!.digest);
}

export async function listStaff(ctx: Context): Promise<StaffMember[]> {
  const found = await transaction(ctx, "console", (tx) =>
    rows<StaffMember>(
      tx,
      sql`select id, office_id as "officeId", role, name from people.staff where active order by name, id`,
    ),
  );
  return found.map((one) => ({ ...one, officeId: one.officeId ?? undefined }));
}
