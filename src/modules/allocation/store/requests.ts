import type { ContactId, LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Assigned, Need as PersonNeed } from "#modules/schedules/index.ts";
import { isDatabaseError, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, ContactClass, Digest, Draw, DrawId, Option, RequestId, RequestState, Tier } from "../types.ts";

/** A household's request as it is written; `sealed` is opaque here. */
export interface NewRequest {
  readonly id: RequestId;
  readonly contactId: ContactId;
  readonly people: number;
  readonly tier: Tier;
  readonly contactClass: ContactClass;
  readonly domain: string;
  readonly autoConfirm: boolean;
  readonly shortNotice: boolean;
  readonly needs: readonly PersonNeed[];
  readonly options: readonly Option[];
  readonly channel: string;
  readonly language: string;
  readonly sealed: Buffer;
  readonly eraseAfter: LocalDate;
  readonly keys: readonly PersonKey[];
}

/** A person of a party by her digests; during a rotation one for each version. */
export interface PersonKey {
  /** Which of the party, from 1. */
  readonly ordinal: number;
  readonly version: number;
  readonly name: Buffer;
  readonly curp: Buffer | undefined;
}

export interface StandingRequest {
  readonly id: RequestId;
  readonly people: number;
  readonly groups: readonly ServiceGroup[];
  readonly state: RequestState;
}

/** SQLSTATE of `allocation.refuse_after_lock`. */
const LOCKED = "VE001";

/** Whether an entry was refused because its draw was locked meanwhile. */
export function isLocked(error: unknown): boolean {
  return isDatabaseError(error) && error.code === LOCKED;
}

/** One contact's filings stand in a queue of their own until the transaction ends. */
export async function lockContact(tx: Tx, contactId: ContactId): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`request ${contactId}`}, 0))`);
}

/** What a contact has asked for and was not given yet. */
export async function listOpenRequests(tx: Tx, contactId: ContactId): Promise<StandingRequest[]> {
  return rows(
    tx,
    sql`select id, people, groups, state from allocation.requests where contact_id = ${contactId} and state in ('standing', 'offered')`,
  );
}

export async function insertRequest(tx: Tx, request: NewRequest, now: Date): Promise<void> {
  const columns = columnsOf(request);
  await run(
    tx,
    sql`insert into allocation.requests (id, contact_id, state, people, groups, tier, contact_class, domain, auto_confirm, short_notice, needs, options, offices, channel, language, sealed, created_at, changed_at, erase_after)
        values (${request.id}, ${request.contactId}, 'standing', ${request.people}, ${columns.groups}::text[], ${request.tier}, ${request.contactClass}, ${request.domain},
          ${request.autoConfirm}, ${request.shortNotice}, ${columns.needs}::jsonb, ${columns.options}::jsonb, ${columns.offices}::text[], ${request.channel}, ${request.language},
          ${request.sealed}, ${now}, ${now}, ${request.eraseAfter})`,
  );
  await insertPeople(tx, request);
}

/** Writes a standing request anew. Returns false when it is not this contact's, or stands no more. */
export async function rewriteRequest(tx: Tx, request: NewRequest, now: Date): Promise<boolean> {
  const columns = columnsOf(request);
  const changed = await run(
    tx,
    sql`update allocation.requests set people = ${request.people}, groups = ${columns.groups}::text[], tier = ${request.tier}, contact_class = ${request.contactClass},
          domain = ${request.domain}, auto_confirm = ${request.autoConfirm}, short_notice = ${request.shortNotice}, needs = ${columns.needs}::jsonb, options = ${columns.options}::jsonb,
          offices = ${columns.offices}::text[], language = ${request.language}, sealed = ${request.sealed}, changed_at = ${now}, erase_after = ${request.eraseAfter}
        where id = ${request.id} and contact_id = ${request.contactId} and state = 'standing'`,
  );
  if (changed === 0) return false;
  await run(tx, sql`delete from allocation.request_people where request_id = ${request.id}`);
  await insertPeople(tx, request);
  return true;
}

function columnsOf({ needs, options }: NewRequest) {
  return {
    groups: [...new Set(needs.map((need) => need.group))],
    needs: JSON.stringify(needs),
    options: JSON.stringify(options),
    offices: [...new Set(options.flatMap((option) => option.offices))],
  };
}

/** Writes digests that are not there yet. */
export async function insertPeople(
  tx: Tx,
  { id, keys }: { readonly id: RequestId; readonly keys: readonly PersonKey[] },
): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.request_people (request_id, ordinal, version, name_key, curp_key)
        select ${id}::uuid, * from unnest(${keys.map((one) => one.ordinal)}::smallint[], ${keys.map((one) => one.version)}::smallint[],
          ${keys.map((one) => one.name)}::bytea[], ${keys.map((one) => one.curp ?? null)}::bytea[])
        on conflict do nothing`,
  );
}

/** Passes a request on. Returns false when it was not this contact's, or not in that state. */
export async function moveRequest(
  tx: Tx,
  request: { readonly id: RequestId; readonly contactId: ContactId },
  from: readonly RequestState[],
  to: RequestState,
  now: Date,
  booking: { readonly bookingId: string; readonly officeId: OfficeId } | null = null,
): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update allocation.requests set state = ${to}, changed_at = ${now}, booking_id = coalesce(${booking?.bookingId ?? null}, booking_id), office_id = coalesce(${booking?.officeId ?? null}, office_id)
        where id = ${request.id} and contact_id = ${request.contactId} and state = any(${from}::text[])`,
  );
  return changed === 1;
}

/** What an entry is made of. */
export interface ToEnter {
  readonly id: RequestId;
  readonly people: number;
  readonly tier: Tier;
  readonly contactClass: ContactClass;
  readonly domain: string;
  readonly needs: readonly PersonNeed[];
  readonly options: readonly Option[];
}

/** Standing requests for groups and days that are drawn, and that are in no leaf of that draw yet. */
export async function listNotEntered(tx: Tx, draw: Draw, limit: number): Promise<ToEnter[]> {
  return rows(
    tx,
    sql`select id, people, tier, contact_class as "contactClass", domain, needs, options from allocation.requests r
        where state = 'standing' and groups <@ ${Object.keys(draw.steps)}::text[]
          and (short_notice or ${draw.kind !== "daily"})
          and exists (select from jsonb_to_recordset(options) as o ("from" date, "to" date) where (o."from" <= ${draw.horizonTo} or ${draw.kind === "daily"}) and o."to" >= ${draw.horizonFrom})
          and not exists (select from allocation.filings f where f.draw_id = ${draw.id} and f.request_id = r.id)
        order by id limit ${limit} for update of r skip locked`,
  );
}

export interface NewFiling {
  readonly requestId: RequestId;
  readonly app: AppId;
  readonly salt: Digest;
  readonly promise: string;
}

export async function insertFilings(tx: Tx, drawId: DrawId, filings: readonly NewFiling[], now: Date): Promise<void> {
  if (filings.length === 0) return;
  await run(
    tx,
    sql`insert into allocation.filings (draw_id, request_id, app_id, salt, promised_at, promise)
        select ${drawId}::uuid, request_id, app_id, decode(salt, 'hex'), ${now}, promise
        from unnest(${filings.map((one) => one.requestId)}::uuid[], ${filings.map((one) => one.app)}::uuid[], ${filings.map((one) => one.salt)}::text[], ${filings.map((one) => one.promise)}::text[]) as t (request_id, app_id, salt, promise)`,
  );
}

/** Takes a request's leaf out of an open draw. Gives what it was. */
export async function removeLeaf(
  tx: Tx,
  drawId: DrawId,
  requestId: RequestId,
): Promise<{ app: AppId; leaf: Digest } | undefined> {
  const [gone] = await rows<{ app: AppId; leaf: Digest }>(
    tx,
    sql`with filed as (delete from allocation.filings where draw_id = ${drawId} and request_id = ${requestId} returning app_id)
        delete from allocation.entries e using filed where e.draw_id = ${drawId} and e.app_id = filed.app_id
        returning replace(e.app_id::text, '-', '') as app, encode(e.leaf, 'hex') as leaf`,
  );
  return gone;
}

/** A person behind a leaf, as the lock commits to it. */
export interface FiledPerson {
  readonly app: AppId;
  readonly salt: Digest;
  readonly level2: boolean;
  readonly name: string;
  readonly curp: string | null;
}

/** People of a draw's leaves under the oldest of their keys, in ascending order of the leaves. */
export async function listFiledPeople(tx: Tx, drawId: DrawId, after: string, limit: number): Promise<FiledPerson[]> {
  return rows(
    tx,
    sql`select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp
        from (select app_id, request_id, salt from allocation.filings where draw_id = ${drawId} and app_id > ${after}::uuid order by app_id limit ${limit}) f
        join allocation.entries e on e.draw_id = ${drawId} and e.app_id = f.app_id
        cross join lateral (select distinct on (ordinal) ordinal, name_key, curp_key from allocation.request_people where request_id = f.request_id order by ordinal, version) p
        order by f.app_id, p.ordinal`,
  );
}

/** The same for those alone whose name key stands in more than one leaf. */
export async function listSharedPeople(tx: Tx, drawId: DrawId): Promise<FiledPerson[]> {
  return rows(
    tx,
    sql`with names as (
          select p.name_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${drawId} group by p.name_key having count(*) > 1),
        curps as (
          select p.curp_key from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          where f.draw_id = ${drawId} and p.curp_key is not null group by p.curp_key having count(*) > 1)
        select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp
        from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id
        where f.draw_id = ${drawId} and (p.name_key in (select name_key from names) or p.curp_key in (select curp_key from curps))
        order by f.app_id`,
  );
}

/** Numbers of filings by office, tier and channel, for the manifest. */
export async function countFilings(
  tx: Tx,
  drawId: DrawId,
): Promise<{ office: string; tier: Tier; channel: string; entries: number }[]> {
  return rows(
    tx,
    sql`select r.offices[1] as office, r.tier, r.channel, count(*)::int as entries
        from allocation.filings f join allocation.requests r on r.id = f.request_id where f.draw_id = ${drawId} group by 1, 2, 3`,
  );
}

export async function markNotLive(tx: Tx, drawId: DrawId, apps: readonly AppId[]): Promise<void> {
  if (apps.length === 0) return;
  await run(
    tx,
    sql`update allocation.filings set live = false where draw_id = ${drawId} and app_id = any(${apps}::uuid[])`,
  );
}

/** A household that the draw gave a day. */
export interface Winner {
  readonly requestId: RequestId;
  readonly contactId: ContactId;
  readonly state: RequestState;
  readonly live: boolean;
  readonly localDate: LocalDate;
  /** Part of the day (from 0) by group. */
  readonly seats: readonly { readonly group: ServiceGroup; readonly band: number }[];
  readonly needs: readonly PersonNeed[];
}

export async function listOfficesToSeat(tx: Tx, drawId: DrawId): Promise<OfficeId[]> {
  const found = await rows<{ officeId: OfficeId }>(
    tx,
    sql`select distinct o.office_id as "officeId" from allocation.outcomes o join allocation.filings f using (draw_id, app_id)
        where o.draw_id = ${drawId} and o.office_id is not null and f.answer is null order by 1`,
  );
  return found.map((one) => one.officeId);
}

export async function listWinners(tx: Tx, drawId: DrawId, officeId: OfficeId): Promise<Winner[]> {
  const found = await rows<Omit<Winner, "seats"> & { seats: string }>(
    tx,
    sql`select r.id as "requestId", r.contact_id as "contactId", r.state, coalesce(f.live, true) as live, o.local_date::text as "localDate", o.seats, r.needs
        from allocation.outcomes o join allocation.filings f using (draw_id, app_id) join allocation.requests r on r.id = f.request_id
        where o.draw_id = ${drawId} and o.office_id = ${officeId} and f.answer is null order by o.app_id for update of r, f`,
  );
  return found.map((one) => ({ ...one, seats: JSON.parse(one.seats) as Winner["seats"] }));
}

export interface Answered {
  readonly requestId: RequestId;
  readonly answer: "waiting" | "offered" | "accepted" | "declined" | "not_live";
  readonly seating: readonly Assigned[] | null;
}

export async function answerFilings(tx: Tx, drawId: DrawId, answers: readonly Answered[], now: Date): Promise<void> {
  if (answers.length === 0) return;
  await run(
    tx,
    sql`update allocation.filings f set answer = t.answer, seating = coalesce(t.seating::jsonb, f.seating), answered_at = ${now}
        from unnest(${answers.map((one) => one.requestId)}::uuid[], ${answers.map((one) => one.answer)}::text[],
                    ${answers.map((one) => (one.seating ? JSON.stringify(one.seating) : null))}::text[]) as t (request_id, answer, seating)
        where f.draw_id = ${drawId} and f.request_id = t.request_id`,
  );
}

/** Requests that were given places pass to `offered`. */
export async function offerRequests(tx: Tx, ids: readonly RequestId[], officeId: OfficeId, now: Date): Promise<void> {
  if (ids.length === 0) return;
  await run(
    tx,
    sql`update allocation.requests set state = 'offered', office_id = ${officeId}, changed_at = ${now} where id = any(${ids}::uuid[]) and state = 'standing'`,
  );
}

/** Marks the next of those who got nothing, and gives whom to tell. */
export async function markWaiting(
  tx: Tx,
  drawId: DrawId,
  limit: number,
  now: Date,
): Promise<{ id: RequestId; contactId: ContactId }[]> {
  return rows(
    tx,
    sql`with next as (
          select w.request_id from allocation.filings w join allocation.outcomes o using (draw_id, app_id)
          where w.draw_id = ${drawId} and w.answer is null and o.office_id is null limit ${limit} for update of w),
        marked as (
          update allocation.filings f set answer = 'waiting', answered_at = ${now} from next where f.draw_id = ${drawId} and f.request_id = next.request_id returning f.request_id)
        select r.id, r.contact_id as "contactId" from marked join allocation.requests r on r.id = marked.request_id`,
  );
}

/** Requests that wait after a first round and are in no leaf of the second yet, with the number they keep. */
export async function listToEnterAgain(
  tx: Tx,
  first: DrawId,
  second: DrawId,
  limit: number,
): Promise<(ToEnter & { readonly app: AppId })[]> {
  return rows(
    tx,
    sql`select r.id, r.people, r.tier, r.contact_class as "contactClass", r.domain, r.needs, r.options, replace(f.app_id::text, '-', '') as app
        from allocation.filings f join allocation.requests r on r.id = f.request_id
        where f.draw_id = ${first} and f.answer in ('waiting', 'not_live') and r.state = 'standing'
          and not exists (select from allocation.filings again where again.draw_id = ${second} and again.request_id = r.id)
        order by r.id limit ${limit} for update of r`,
  );
}
