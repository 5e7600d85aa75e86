import type { ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { HOUR_MS } from "#kernel/time.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { readSignedId } from "#platform/keyring/signed-id.ts";
import { insertEvents } from "#platform/outbox.ts";
import { newId } from "#platform/random.ts";
import { contactJoined } from "../events.ts";
import { CONTACTS_OF_AN_ACCOUNT, JOINING_HOURS } from "../rules.ts";
import {
  deleteAccountContact,
  expireAccountSessions,
  findJoining,
  insertAccountContact,
  listAccountContacts,
  lockAccount,
  setWritesTo,
} from "../store/accounts.ts";
import type { SessionRow } from "../store/sessions.ts";
import { viewSession } from "./sessions.ts";

/**
 * Adds the contact that this session had proved to the account that it opens now: both were shown within one visit. The first
 * contact is written to at once; beside another it waits, and that one is told.
 */
export async function joinProved(ctx: Context, tx: Tx, session: SessionRow, accountId: ContactId): Promise<void> {
  const { contactId, contactKind } = viewSession(session, ctx.now);
  if (!contactId || contactKind === "card") return;
  const account = await lockAccount(tx, accountId);
  const joined = await listAccountContacts(tx, accountId);
  if (!account || joined.length >= CONTACTS_OF_AN_ACCOUNT) return;
  const id = newId<string>();
  if (!(await insertAccountContact(tx, { accountId, contactId, id, now: ctx.now }))) return;
  if (joined.length === 0) await setWritesTo(tx, accountId, contactId);
  else if (account.writesTo) await insertEvents(tx, [contactJoined(id, account.writesTo, ctx.now)]);
  await auditAccount(ctx, tx, accountId, "people.contact_joined");
}

/**
 * Takes a new contact off its account again, by the link that the older one was sent, and ends every visit of the account.
 * An invented link, one that is over and one that was used have one answer.
 */
export async function takeBackJoining(ctx: Context, token: string): Promise<Outcome<null, { code: "undo_over" }>> {
  const id = await readSignedId(ctx.keyring, "undo", token);
  const since = new Date(ctx.now.getTime() - JOINING_HOURS * HOUR_MS);
  return transaction(ctx, "citizen_writer", async (tx) => {
    const accountId = id && (await findJoining(tx, id, since));
    if (!accountId) return refuse({ code: "undo_over" });
    await expireAccountSessions(tx, accountId, null, ctx.now);
    const account = await lockAccount(tx, accountId);
    const gone = await deleteAccountContact(tx, accountId, id);
    if (!gone) return refuse({ code: "undo_over" });
    if (gone === account?.writesTo) await setWritesTo(tx, accountId, null);
    await auditAccount(ctx, tx, accountId, "people.joining_taken_back");
    return accept(null);
  });
}

export async function auditAccount(ctx: Context, tx: Tx, accountId: ContactId, action: string): Promise<void> {
  const [subject] = await ctx.keyring.digest("subject", [accountId]);
  const { now: at, actor, channel, purpose } = ctx;
  await insertAudit(tx, [{ at, actor, channel, action, purpose, subject: subject![0]!.digest }]);
}
