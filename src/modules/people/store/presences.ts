import type { ContactId, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import { ERASED_AT_ONCE } from "./erasure.ts";
import type { Presence, PresenceShown, PresenceUse } from "../types.ts";

export interface NewPresence {
  readonly id: string;
  readonly officeId: OfficeId;
  readonly staffId: StaffId;
  readonly shown: PresenceShown;
  readonly contactId: ContactId | undefined;
  readonly secondId: StaffId | undefined;
  readonly challengeDigest: Buffer | undefined;
  readonly shownAt: Date;
  readonly expiresAt: Date;
}

/** False when that answer of a passkey attested something already. */
export async function insertPresence(tx: Tx, one: NewPresence): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into people.presences (id, office_id, staff_id, shown, contact_id, second_id, challenge_digest, shown_at, expires_at)
        values (${one.id}, ${one.officeId}, ${one.staffId}, ${one.shown}, ${one.contactId ?? null}, ${one.secondId ?? null}, ${one.challengeDigest ?? null},
          ${one.shownAt}, ${one.expiresAt})
        on conflict (challenge_digest) do nothing`,
  );
  return inserted === 1;
}

/** Uses it up; of any number of bookings at once one has it. Nothing when it is another's, is over, or was used. */
export async function usePresenceRow(
  tx: Tx,
  which: { readonly id: string; readonly staffId: StaffId; readonly usedFor: PresenceUse; readonly now: Date },
): Promise<Presence | undefined> {
  const [used] = await rows<{ shown: PresenceShown; contactId: ContactId | null }>(
    tx,
    sql`update people.presences set used_at = ${which.now}, used_for = ${which.usedFor}
        where id = ${which.id} and staff_id = ${which.staffId} and used_at is null and expires_at > ${which.now}
          and (shown = 'second' or contact_id is not null and ${which.usedFor}::text = 'date')
        returning shown, contact_id as "contactId"`,
  );
  return used && { shown: used.shown, contactId: used.contactId ?? undefined };
}

/** What was not booked with it after all may be booked with it still. */
export async function restorePresenceRow(tx: Tx, which: { readonly id: string; readonly now: Date }): Promise<void> {
  await run(
    tx,
    sql`update people.presences set used_at = null, used_for = null where id = ${which.id} and used_at = ${which.now}`,
  );
}

/** From then on nobody is behind it: it only counts. */
export function forgetPresentContacts(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`update people.presences set contact_id = null where id = any(array(
          select id from people.presences where shown_at < ${before} and contact_id is not null limit ${ERASED_AT_ONCE}))`,
  );
}

export function deletePresencesBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from people.presences where id = any(array(select id from people.presences where shown_at < ${before} limit ${ERASED_AT_ONCE}))`,
  );
}
