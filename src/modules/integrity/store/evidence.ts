import { run, sql, type Tx } from "#platform/db/index.ts";
import type { Resale } from "../types.ts";

/** Days for which a confirmed advert speaks against a contact. */
const EVIDENCE_DAYS = 365;

export async function insertEvidence(tx: Tx, resales: readonly Resale[], now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into integrity.evidence (contact_id, advert_id, found_at, erase_after)
        select t.*, ${now}::timestamptz, ${now}::date + ${EVIDENCE_DAYS}::int from unnest(${resales.map((one) => one.contactId)}::uuid[], ${resales.map((one) => one.advertId)}::uuid[]) as t on conflict do nothing`,
  );
  await scoreAnew(tx, resales);
}

export async function deleteEvidence(tx: Tx, resales: readonly Resale[]): Promise<void> {
  await run(
    tx,
    sql`delete from integrity.evidence e using unnest(${resales.map((one) => one.contactId)}::uuid[], ${resales.map((one) => one.advertId)}::uuid[]) as t (contact_id, advert_id)
        where e.contact_id = t.contact_id and e.advert_id = t.advert_id`,
  );
  await scoreAnew(tx, resales);
}

async function scoreAnew(tx: Tx, resales: readonly Resale[]): Promise<void> {
  const contactIds = resales.map((one) => one.contactId);
  await run(
    tx,
    sql`update integrity.observations set is_scored = false, change = default where contact_id = any(${contactIds}::uuid[])`,
  );
}
