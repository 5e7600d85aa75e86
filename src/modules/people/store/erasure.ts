import type { LocalDate } from "#kernel/ids.ts";
import { run, sql, type Tx } from "#platform/db/index.ts";

/** Rows of one statement, so that a sweep never holds many locks at once. */
export const ERASED_AT_ONCE = 2_000;

export function deleteSessionsExpiredBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from people.sessions where token_digest = any(array(
          select token_digest from people.sessions where expires_at < ${before} limit ${ERASED_AT_ONCE} for update skip locked))`,
  );
}

export function deleteCodesOlderThan(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from people.codes where id = any(array(select id from people.codes where created_at < ${before} limit ${ERASED_AT_ONCE} for update skip locked))`,
  );
}

/** With their keys, cards, codes and sessions. */
export function deleteContactsToErase(tx: Tx, today: LocalDate): Promise<number> {
  return run(
    tx,
    sql`delete from people.contacts where id = any(array(
          select id from people.contacts where erase_after < ${today}::date limit ${ERASED_AT_ONCE} for update skip locked))`,
  );
}

export function deleteCardTriesBefore(tx: Tx, before: Date): Promise<number> {
  return run(
    tx,
    sql`delete from people.card_tries where digest = any(array(
          select digest from people.card_tries where last_at < ${before} and (locked_until is null or locked_until < ${before}) limit ${ERASED_AT_ONCE}))`,
  );
}

export function deleteEnrolmentsBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from people.enrolments where expires_at < ${before}`);
}

export function deleteStaffSessionsBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from people.staff_sessions where expires_at < ${before}`);
}
