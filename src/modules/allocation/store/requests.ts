import type { ContactId, LocalDate, ServiceGroup } from "#kernel/ids.ts";
import type { Need as PersonNeed } from "#modules/schedules/index.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, ContactClass, Draw, Option, RequestId, RequestState, Tier } from "../types.ts";

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
  /** Messages say only that there is a notice. */
  readonly delicate: boolean;
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
    sql`insert into allocation.requests (id, contact_id, state, people, groups, tier, contact_class, domain, auto_confirm, short_notice, delicate, needs, options, offices, channel, language, sealed, created_at, changed_at, erase_after)
        values (${request.id}, ${request.contactId}, 'standing', ${request.people}, ${columns.groups}::text[], ${request.tier}, ${request.contactClass}, ${request.domain},
          ${request.autoConfirm}, ${request.shortNotice}, ${request.delicate}, ${columns.needs}::jsonb, ${columns.options}::jsonb, ${columns.offices}::text[], ${request.channel}, ${request.language},
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
          domain = ${request.domain}, auto_confirm = ${request.autoConfirm}, short_notice = ${request.shortNotice}, delicate = delicate or ${request.delicate}, needs = ${columns.needs}::jsonb, options = ${columns.options}::jsonb,
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

/** Passes a request on. Returns false when it was not this contact's, not in that state, or its place is being exchanged. */
export async function moveRequest(
  tx: Tx,
  request: { readonly id: RequestId; readonly contactId: ContactId },
  from: readonly RequestState[],
  to: RequestState,
  now: Date,
): Promise<boolean> {
  const changed = await run(
    tx,
    sql`update allocation.requests set state = ${to}, changed_at = ${now}
        where id = ${request.id} and contact_id = ${request.contactId} and state = any(${from}::text[]) and exchanges is null`,
  );
  return changed === 1;
}

/** Whether it is this contact's, and waits for an answer. */
export async function isOwnOffer(
  tx: Tx,
  request: { readonly id: RequestId; readonly contactId: ContactId },
): Promise<boolean> {
  const found = await rows(
    tx,
    sql`select 1 from allocation.requests where id = ${request.id} and contact_id = ${request.contactId} and state = 'offered'`,
  );
  return found.length === 1;
}

/** A request whose row is kept from change until the transaction ends, and whether a draw is under way with it. */
export async function lockRequest(
  tx: Tx,
  request: { readonly id: RequestId; readonly contactId: ContactId },
): Promise<{ readonly isDrawn: boolean } | undefined> {
  const found = await rows(
    tx,
    sql`select 1 from allocation.requests where id = ${request.id} and contact_id = ${request.contactId} and state = 'standing' for update`,
  );
  if (found.length === 0) return undefined;
  const under = await rows(
    tx,
    sql`select 1 from allocation.filings f join allocation.draws d on d.id = f.draw_id
        where f.request_id = ${request.id} and f.answer is null and d.state in ('locked', 'drawn') limit 1`,
  );
  return { isDrawn: under.length > 0 };
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
  /** Days on which it is not asked again by a short or daily draw. */
  readonly notOn?: readonly LocalDate[] | null;
}

/**
 * Standing requests for groups and days that are drawn, that outlive the draw, and that are in no leaf of it yet; by id
 * from `after`. Whoever did not want a day's venue is not asked for that day again.
 */
export async function listNotEntered(tx: Tx, draw: Draw, after: string, limit: number): Promise<ToEnter[]> {
  return rows(
    tx,
    sql`select id, people, tier, contact_class as "contactClass", domain, needs, options,
               case when ${draw.kind} = 'daily' then array(
                 select distinct coalesce(f.seated_on, o.local_date)::text from allocation.filings f join allocation.outcomes o using (draw_id, app_id)
                 where f.request_id = r.id and f.answer in ('declined', 'passed') and f.seating #> '{0,away}' is not null) end as "notOn"
        from allocation.requests r
        where id > ${after}::uuid and state = 'standing' and groups <@ ${Object.keys(draw.steps)}::text[] and erase_after > ${draw.answersBy}::date
          and (short_notice or ${draw.kind !== "daily"})
          and exists (select from jsonb_to_recordset(options) as o ("from" date, "to" date) where (o."from" <= ${draw.horizonTo} or ${draw.kind === "daily"}) and o."to" >= ${draw.horizonFrom})
          and not exists (select from allocation.filings f where f.draw_id = ${draw.id} and f.request_id = r.id)
        order by id limit ${limit} for update of r`,
  );
}

/** Requests that wait after a first round, wish for its days still, and are in no leaf of the second yet, with the number they keep; by id from `after`. */
export async function listToEnterAgain(
  tx: Tx,
  second: Draw,
  after: string,
  limit: number,
): Promise<(ToEnter & { readonly app: AppId })[]> {
  return rows(
    tx,
    sql`select r.id, r.people, r.tier, r.contact_class as "contactClass", r.domain, r.needs, r.options, replace(f.app_id::text, '-', '') as app
        from allocation.filings f join allocation.requests r on r.id = f.request_id
        where f.draw_id = ${second.follows} and f.answer in ('waiting', 'not_live', 'displaced') and r.id > ${after}::uuid and r.state = 'standing'
          and r.groups <@ ${Object.keys(second.steps)}::text[] and r.erase_after > ${second.answersBy}::date
          and exists (select from jsonb_to_recordset(r.options) as o ("from" date, "to" date) where o."from" <= ${second.horizonTo} and o."to" >= ${second.horizonFrom})
          and not exists (select from allocation.filings again where again.draw_id = ${second.id} and again.request_id = r.id)
        order by r.id limit ${limit} for update of r`,
  );
}
