import type { StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AdvertId, PurchaseId, TakedownState } from "../types.ts";

export interface TakedownRow {
  readonly state: TakedownState;
  readonly version: number;
}

/** False when the platform of this advert was asked already. */
export async function insertTakedown(tx: Tx, advertId: AdvertId, by: StaffId, at: Date): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into adverts.takedowns (advert_id, state, changed_by, drafted_at) values (${advertId}, 'drafted', ${by}, ${at}) on conflict do nothing`,
  );
  return inserted === 1;
}

export async function lockTakedown(tx: Tx, advertId: AdvertId): Promise<TakedownRow | undefined> {
  const [found] = await rows<TakedownRow>(
    tx,
    sql`select state, version from adverts.takedowns where advert_id = ${advertId} for update`,
  );
  return found;
}

/** Each state writes its own date; asked again, the answer and the end of before are gone. */
export async function saveTakedown(
  tx: Tx,
  advertId: AdvertId,
  to: TakedownState,
  by: StaffId,
  at: Date,
): Promise<void> {
  await run(
    tx,
    sql`update adverts.takedowns set state = ${to}, version = version + 1, changed_by = ${by},
          sent_at = case when ${to}::text = 'sent' then ${at}::timestamptz else sent_at end,
          answered_at = case when ${to}::text = 'sent' then null when ${to}::text = 'answered' then ${at}::timestamptz else answered_at end,
          closed_at = case when ${to}::text in ('removed', 'refused') then ${at}::timestamptz end
        where advert_id = ${advertId}`,
  );
}

export interface NewPurchase {
  readonly id: PurchaseId;
  readonly advertId: AdvertId;
  readonly boughtBy: StaffId;
  readonly boughtAt: Date;
  readonly priceCents: number;
  readonly sealed: Buffer | null;
}

/** False when that one is there already. */
export async function insertPurchase(tx: Tx, one: NewPurchase): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into adverts.purchases (id, advert_id, bought_by, bought_at, price_cents, sealed)
        values (${one.id}, ${one.advertId}, ${one.boughtBy}, ${one.boughtAt}, ${one.priceCents}, ${one.sealed})
        on conflict (id) do nothing`,
  );
  return inserted === 1;
}

export async function lockPurchase(
  tx: Tx,
  advertId: AdvertId,
  id: PurchaseId,
): Promise<{ boughtBy: StaffId; witnessedBy: StaffId | null } | undefined> {
  const [found] = await rows<{ boughtBy: StaffId; witnessedBy: StaffId | null }>(
    tx,
    sql`select bought_by as "boughtBy", witnessed_by as "witnessedBy" from adverts.purchases where id = ${id} and advert_id = ${advertId} for update`,
  );
  return found;
}

export async function saveWitness(tx: Tx, id: PurchaseId, by: StaffId, at: Date): Promise<void> {
  await run(tx, sql`update adverts.purchases set witnessed_by = ${by}, witnessed_at = ${at} where id = ${id}`);
}
