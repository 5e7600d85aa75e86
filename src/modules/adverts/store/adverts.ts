import type { ContactId, LocalDate, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AdvertId, AdvertSource, AdvertState, Filed, Platform, Point } from "../types.ts";

export interface NewAdvert {
  readonly id: AdvertId;
  readonly source: AdvertSource;
  readonly platform: Platform;
  /** Under every live version of the key, the one to write first. */
  readonly digests: readonly Buffer[];
  readonly sealed: Buffer;
  readonly filedAt: Date;
  readonly filedBy: StaffId | null;
  readonly eraseAfter: LocalDate;
  readonly points: readonly NewPoint[];
}

export interface NewPoint {
  readonly kind: Point["kind"];
  readonly digest: Buffer;
}

/** Those among these digests that are filed already. */
export async function findFiled(tx: Tx, digests: readonly Buffer[]): Promise<Map<string, AdvertId>> {
  const found = await rows<{ id: AdvertId; digest: Buffer }>(
    tx,
    sql`select id, digest from adverts.adverts where digest = any(${digests}::bytea[])`,
  );
  return new Map(found.map(({ id, digest }) => [digest.toString("hex"), id]));
}

/**
 * Files adverts, each once: one that is there is counted once more and keeps its words, state and day of erasure. In the
 * order given; of two that are the same the first is new. The digests of all must differ.
 */
export async function insertAdverts(tx: Tx, adverts: readonly NewAdvert[]): Promise<Filed[]> {
  const filed = await rows<{ id: AdvertId; digest: Buffer }>(
    tx,
    sql`insert into adverts.adverts as a (id, source, platform, digest, sealed, filed_at, last_at, filed_by, erase_after)
        select id, source, platform, digest, sealed, filed_at, filed_at, filed_by, erase_after from unnest(
          ${adverts.map((one) => one.id)}::uuid[], ${adverts.map((one) => one.source)}::text[], ${adverts.map((one) => one.platform)}::text[],
          ${adverts.map((one) => one.digests[0]!)}::bytea[], ${adverts.map((one) => one.sealed)}::bytea[], ${adverts.map((one) => one.filedAt)}::timestamptz[],
          ${adverts.map((one) => one.filedBy)}::uuid[], ${adverts.map((one) => one.eraseAfter)}::date[])
          as t (id, source, platform, digest, sealed, filed_at, filed_by, erase_after)
        on conflict (digest) do update set reports = a.reports + 1, last_at = greatest(a.last_at, excluded.last_at)
        returning a.id, a.digest`,
  );
  const idOf = new Map(filed.map(({ id, digest }) => [digest.toString("hex"), id]));
  const result = adverts.map((one): Filed => {
    const id = idOf.get(one.digests[0]!.toString("hex"))!;
    return { id, isNew: id === one.id };
  });
  const points = adverts
    .filter((_, i) => result[i]!.isNew)
    .flatMap(({ id, points }) => points.map((point) => ({ id, ...point })));
  await run(
    tx,
    sql`insert into adverts.points (advert_id, kind, digest)
        select * from unnest(${points.map((one) => one.id)}::uuid[], ${points.map((one) => one.kind)}::text[], ${points.map((one) => one.digest)}::bytea[])
        on conflict do nothing`,
  );
  return result;
}

/** Counts a report of an advert that stands under an older version of the key. */
export async function countReport(tx: Tx, id: AdvertId, at: Date): Promise<void> {
  await run(
    tx,
    sql`update adverts.adverts set reports = reports + 1, last_at = greatest(last_at, ${at}::timestamptz) where id = ${id}`,
  );
}

/** False when the advert has as many pictures as are kept. */
export async function insertScreenshot(
  tx: Tx,
  picture: { readonly id: string; readonly advertId: AdvertId; readonly sealed: Buffer; readonly filedAt: Date },
  most: number,
): Promise<boolean> {
  const inserted = await run(
    tx,
    sql`insert into adverts.screenshots (id, advert_id, sealed, filed_at)
        select ${picture.id}::uuid, ${picture.advertId}::uuid, ${picture.sealed}::bytea, ${picture.filedAt}::timestamptz
        where (select count(*) from adverts.screenshots where advert_id = ${picture.advertId}) < ${most}::int`,
  );
  return inserted === 1;
}

export interface AdvertRow {
  readonly id: AdvertId;
  readonly state: AdvertState;
  readonly version: number;
  readonly platform: Platform;
  readonly filedAt: Date;
  readonly filedBy: StaffId | null;
  readonly eraseAfter: LocalDate;
}

/** The advert, which nobody else changes until the transaction ends (role console). */
export async function lockAdvert(tx: Tx, id: AdvertId): Promise<AdvertRow | undefined> {
  const [found] = await rows<AdvertRow>(
    tx,
    sql`select id, state, version, platform, filed_at as "filedAt", filed_by as "filedBy", to_char(erase_after, 'YYYY-MM-DD') as "eraseAfter"
        from adverts.adverts where id = ${id} for update`,
  );
  return found;
}

export async function saveVerdict(
  tx: Tx,
  id: AdvertId,
  verdict: {
    readonly state: Exclude<AdvertState, "new">;
    readonly by: StaffId;
    readonly at: Date;
    readonly eraseAfter: LocalDate;
  },
): Promise<void> {
  await run(
    tx,
    sql`update adverts.adverts set state = ${verdict.state}, decided_by = ${verdict.by}, decided_at = ${verdict.at}, erase_after = ${verdict.eraseAfter}::date, version = version + 1
        where id = ${id}`,
  );
}

/** Contacts that the points of an advert were matched with. */
export async function listMatched(tx: Tx, id: AdvertId): Promise<ContactId[]> {
  const found = await rows<{ contactId: ContactId }>(
    tx,
    sql`select distinct contact_id as "contactId" from adverts.points where advert_id = ${id} and contact_id is not null order by 1`,
  );
  return found.map((one) => one.contactId);
}

export interface ConfirmedAdvert {
  readonly id: AdvertId;
  readonly sealed: Buffer;
}

/** Of these the confirmed ones, which nobody dismisses until the transaction ends (role worker). */
export function listConfirmed(tx: Tx, ids: readonly string[]): Promise<ConfirmedAdvert[]> {
  return rows(
    tx,
    sql`select id, sealed from adverts.adverts where id = any(${ids}::uuid[]) and state = 'confirmed' order by id for share`,
  );
}

/** Confirmed adverts past `after` that were reported since then and have points without a contact (role worker). */
export async function listUnmatched(tx: Tx, since: Date, after: string, most: number): Promise<AdvertId[]> {
  const found = await rows<{ id: AdvertId }>(
    tx,
    sql`select id from adverts.adverts a where state = 'confirmed' and last_at > ${since} and id > ${after}::uuid
          and exists (select from adverts.points p where p.advert_id = a.id and p.contact_id is null and p.kind <> 'account')
        order by id limit ${most}`,
  );
  return found.map((one) => one.id);
}

export interface Match extends NewPoint {
  readonly advertId: AdvertId;
  readonly contactId: ContactId;
}

/** Writes what was found, each once. Returns the pairs that are new (role worker). */
export function saveMatches(
  tx: Tx,
  matches: readonly Match[],
  at: Date,
): Promise<{ advertId: AdvertId; contactId: ContactId }[]> {
  return rows(
    tx,
    sql`with found as (
          update adverts.points p set contact_id = t.contact_id, matched_at = ${at}
          from unnest(${matches.map((one) => one.advertId)}::uuid[], ${matches.map((one) => one.kind)}::text[], ${matches.map((one) => one.digest)}::bytea[], ${matches.map((one) => one.contactId)}::uuid[])
            as t (advert_id, kind, digest, contact_id)
          where p.advert_id = t.advert_id and p.kind = t.kind and p.digest = t.digest and p.contact_id is null
          returning p.advert_id, p.contact_id)
        select distinct advert_id as "advertId", contact_id as "contactId" from found order by 1, 2`,
  );
}

/** With their pictures, points, requests and purchases. Returns how many (role worker). */
export function deleteAdverts(tx: Tx, today: LocalDate, most: number): Promise<number> {
  return run(
    tx,
    sql`delete from adverts.adverts where id = any(array(
          select id from adverts.adverts where erase_after < ${today}::date limit ${most}))`,
  );
}
