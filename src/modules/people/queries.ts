import type { ContactId } from "#kernel/ids.ts";
import { rows, sql } from "#platform/db/index.ts";
import { transaction, type Channel, type Context, type StaffRole, type Tx } from "#platform/context.ts";
import { digitsFrom, writableFrom } from "./rules.ts";
import { parseAddress } from "./schema.ts";
import { listAccountContacts, listAccountPasskeys } from "./store/accounts.ts";
import { listAccountSessions } from "./store/sessions.ts";
import type { CodeKind, CodeToSend, ContactAddress, ContactKind, Language, StaffMember } from "./types.ts";

/**
 * Where these contacts are reached; personal, for the instant of sending. A card is reached where its holder said, which is
 * asked here so that every sender heeds it. Erased contacts are not in the answer.
 */
export async function contactAddress(
  ctx: Context,
  contactIds: readonly ContactId[],
): Promise<Map<ContactId, ContactAddress>> {
  const found = await transaction(ctx, "worker", (tx) =>
    rows<{ id: ContactId; kind: ContactKind; language: Language; at: ContactId; sealed: Buffer | null }>(
      tx,
      sql`select c.id, coalesce(w.kind, k.made_with, c.kind) as kind, c.language, coalesce(w.id, c.id) as at, coalesce(w.sealed, c.sealed) as sealed
          from people.contacts c left join people.cards k on k.contact_id = c.id left join people.contacts w on w.id = k.writes_to
          where c.id = any(${contactIds}::uuid[])`,
    ),
  );
  const sealed = found.flatMap(({ id, at, sealed }) => (sealed ? [{ id, at, sealed }] : []));
  const opened = await ctx.keyring.open(
    sealed.map((one) => ({ field: "people.contact", row: one.at, sealed: one.sealed })),
  );
  const addresses = new Map(sealed.map(({ id }, i) => [id, opened[i]]));
  return new Map(found.map(({ id, kind, language }) => [id, { kind, language, address: addresses.get(id) }]));
}

/**
 * Of each address as typed the contact that somebody proved to be theirs, undefined where there is none: for what is decided
 * about addresses that came from elsewhere, never to answer whoever typed them (role worker).
 */
export async function findContactsByAddress(
  { keyring }: Pick<Context, "keyring">,
  tx: Tx,
  addresses: readonly { readonly kind: "phone" | "email"; readonly typed: string }[],
): Promise<(ContactId | undefined)[]> {
  const parsed = addresses.map(({ kind, typed }) => parseAddress(kind === "phone" ? "sms" : "email", typed));
  const digests = await keyring.digest(
    "contact",
    parsed.map((one) => one?.key ?? ""),
  );
  const keys = parsed.flatMap((one, i) =>
    one ? digests[i]!.map(({ digest }) => ({ i, kind: one.keyKind, digest })) : [],
  );
  const found = await rows<{ i: number; id: ContactId }>(
    tx,
    sql`select t.i, k.contact_id as id
        from unnest(${keys.map((one) => one.i)}::int[], ${keys.map((one) => one.kind)}::text[], ${keys.map((one) => one.digest)}::bytea[]) as t (i, kind, digest)
        join people.contact_keys k on k.digest = t.digest and k.kind = t.kind
        join people.contacts c on c.id = k.contact_id and c.verified_at is not null`,
  );
  const contacts = new Map(found.map(({ i, id }) => [i, id]));
  return addresses.map((_, i) => contacts.get(i));
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

export interface AccountContact {
  readonly id: string;
  readonly kind: ContactKind;
  /** Personal: what may be shown on her own page. */
  readonly masked: string;
  readonly writtenTo: boolean;
  /** From when it may be written to; the past for one that may. */
  readonly writableFrom: Date;
}

export interface Account {
  readonly contacts: readonly AccountContact[];
  readonly passkeys: readonly { readonly id: string; readonly createdAt: Date }[];
  /** Where it is open now, the newest first. Of a place or a device nothing is known. */
  readonly sessions: readonly AccountSession[];
}

export interface AccountSession {
  readonly id: string;
  readonly channel: Channel;
  readonly language: Language;
  readonly verifiedAt: Date;
}

/** What the holder of an account sees of it: the one whose context this is. */
export async function getAccount(ctx: Context): Promise<Account> {
  if (ctx.actor.kind !== "citizen") return { contacts: [], passkeys: [], sessions: [] };
  const accountId = ctx.actor.contactId as ContactId;
  const read = await transaction(ctx, "citizen_reader", async (tx) => ({
    contacts: await listAccountContacts(tx, accountId),
    passkeys: await listAccountPasskeys(tx, accountId),
    sessions: await listAccountSessions(tx, accountId, ctx.now),
  }));
  const addresses = await contactAddress(
    ctx,
    read.contacts.map((one) => one.contactId),
  );
  const contacts = read.contacts.map((one) => {
    const { kind = "email", address = "" } = addresses.get(one.contactId) ?? {};
    const parsed = parseAddress(kind === "email" ? "email" : "sms", address);
    const { id, writtenTo } = one;
    return { id, kind, masked: parsed?.masked ?? "", writtenTo, writableFrom: writableFrom(read.contacts, one) };
  });
  return { ...read, contacts };
}

/** What these members of staff do now, for a citizen: never who they are. */
export async function staffRoles(ctx: Context, ids: readonly string[]): Promise<Map<string, StaffRole>> {
  const found = await transaction(ctx, "citizen_reader", (tx) =>
    rows<{ id: string; role: StaffRole }>(tx, sql`select id, role from people.staff where id = any(${ids}::uuid[])`),
  );
  return new Map(found.map(({ id, role }) => [id, role]));
}
