import type { ServiceGroup } from "#kernel/ids.ts";
import { oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { AppId, Digest, Draw, DrawId } from "../types.ts";

/** A person behind a leaf, as the lock commits to it. */
export interface FiledPerson {
  readonly app: AppId;
  readonly salt: Digest;
  readonly level2: boolean;
  readonly name: string;
  readonly curp: string | null;
}

export async function countLeaves(tx: Tx, drawId: DrawId): Promise<number> {
  const { count } = await oneRow<{ count: number }>(
    tx,
    sql`select count(*)::int as count from allocation.filings where draw_id = ${drawId}`,
  );
  return count;
}

/**
 * People of a draw's leaves above the first number and up to the last, in ascending order of the leaves, each under the
 * oldest of her keys. As one text: a million leaves have two million people, and an object of the driver for each costs
 * more than what is made of it.
 */
export async function listFiledPeople(
  tx: Tx,
  drawId: DrawId,
  above: string,
  last: string,
): Promise<Iterable<FiledPerson>> {
  const wanted = sql`select coalesce(string_agg(encode(uuid_send(f.app_id) || f.salt || p.name_key || coalesce(p.curp_key, ''), 'hex') || case e.contact when 'level_2' then '+' else '-' end || p.ordinal,
                              E'\n' order by f.app_id, p.ordinal, p.version), '') as lines
        from allocation.filings f join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id join allocation.request_people p on p.request_id = f.request_id
        where f.draw_id = ${drawId} and f.app_id > ${above}::uuid and f.app_id <= ${last}::uuid and e.draw_id = ${drawId} and e.app_id > ${above}::uuid and e.app_id <= ${last}::uuid`;
  const [, { lines }] = await Promise.all([joinWhole(tx), oneRow<{ lines: string }>(tx, wanted)]);
  return filedPeople(lines);
}

function* filedPeople(lines: string): Generator<FiledPerson> {
  // During a rotation a person has a key of each version, one after the other.
  let before = "";
  for (const line of linesOf(lines)) {
    const hasCurp = line.length > FILED_DIGITS + DIGEST_DIGITS;
    const end = hasCurp ? FILED_DIGITS + DIGEST_DIGITS : FILED_DIGITS;
    const level = line.charAt(end);
    if (level !== "+" && level !== "-") throw new Error("a salt or a key is no digest");
    const app = line.slice(0, APP_DIGITS) as AppId;
    const person = app + line.slice(end);
    if (person === before) continue;
    before = person;
    yield {
      app,
      salt: line.slice(APP_DIGITS, APP_DIGITS + DIGEST_DIGITS) as Digest,
      level2: level === "+",
      name: line.slice(APP_DIGITS + DIGEST_DIGITS, FILED_DIGITS),
      curp: hasCurp ? line.slice(FILED_DIGITS, end) : null,
    };
  }
}

/** One at a time: all at once would be as much memory again. */
function* linesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf("\n", at);
    const next = end < 0 ? text.length : end;
    yield text.slice(at, next);
    at = next + 1;
  }
}
/** Hex digits of a number, of a digest, and of number, salt and name key. */
const APP_DIGITS = 32;
const DIGEST_DIGITS = 64;
const FILED_DIGITS = APP_DIGITS + 2 * DIGEST_DIGITS;

/** Memory for one sort or join of one statement; the server's own 4 MB would have a million people sorted on its disk. */
const JOIN_MEMORY = "256MB";

/**
 * For the rest of the transaction: statements over all people of a draw are planned for what they are asked, and joined
 * and sorted in memory. A plan for any question at all would look up a million people one by one.
 */
export async function joinWhole(tx: Tx): Promise<void> {
  await run(
    tx,
    sql`select set_config('work_mem', ${JOIN_MEMORY}, true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
  );
}

/** Who may stand behind several leaves. For one service group a person has one chance; for two of them two. */
export interface SharedPerson extends FiledPerson {
  readonly groups: readonly ServiceGroup[];
}

/**
 * The same for those alone one of whose keys stands in more than one request, of this draw or of any: who has no other
 * leaf in this draw is her own live one. In several searches, each of which keeps its time; some come twice.
 */
export async function listSharedPeople(tx: Tx, drawId: DrawId): Promise<SharedPerson[]> {
  const found: SharedPerson[] = [];
  for (let slice = 0; slice < NAME_SLICES; slice++) {
    const byName = await rows<SharedPerson>(
      tx,
      sql`with twice as (select name_key from allocation.request_people where get_byte(name_key, 0) % ${NAME_SLICES} = ${slice} group by name_key having count(*) > 1)
        select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp, r.groups
        from twice join allocation.request_people p using (name_key) join allocation.filings f on f.request_id = p.request_id
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id join allocation.requests r on r.id = f.request_id where f.draw_id = ${drawId}`,
    );
    for (const person of byName) found.push(person);
  }
  const byCurp = await rows<SharedPerson>(
    tx,
    sql`with twice as (select curp_key from allocation.request_people where curp_key is not null group by curp_key having count(*) > 1)
        select replace(f.app_id::text, '-', '') as app, encode(f.salt, 'hex') as salt, e.contact = 'level_2' as level2,
               encode(p.name_key, 'hex') as name, encode(p.curp_key, 'hex') as curp, r.groups
        from twice join allocation.request_people p using (curp_key) join allocation.filings f on f.request_id = p.request_id
        join allocation.entries e on e.draw_id = f.draw_id and e.app_id = f.app_id join allocation.requests r on r.id = f.request_id where f.draw_id = ${drawId}`,
  );
  return found.concat(byCurp);
}
/** Keys are digests, so their first bytes are alike in number: a million households have two million of them. */
const NAME_SLICES = 4;

/** A person of a second round, or one who was given a place in the first. */
export interface ServedPerson {
  readonly app: AppId;
  readonly name: string;
  readonly curp: string | null;
  readonly groups: readonly ServiceGroup[];
  readonly served: boolean;
}

/** People whose place came from the first round, and those of the second with one of their keys, but for who may exchange that place: for one person one chance in both. */
export async function listServedPeople(tx: Tx, second: Draw): Promise<ServedPerson[]> {
  if (second.follows === null) return [];
  return rows(
    tx,
    sql`with served as (
          select f.app_id, p.name_key, p.curp_key, r.groups from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          join allocation.requests r on r.id = f.request_id where f.draw_id = ${second.follows} and f.answer in ('offered', 'accepted')),
        again as (
          select f.app_id, p.name_key, p.curp_key, r.groups from allocation.filings f join allocation.request_people p on p.request_id = f.request_id
          join allocation.requests r on r.id = f.request_id where f.draw_id = ${second.id} and r.exchanges is null and (p.name_key in (select name_key from served) or p.curp_key in (select curp_key from served)))
        select replace(app_id::text, '-', '') as app, encode(name_key, 'hex') as name, encode(curp_key, 'hex') as curp, groups, served
        from (select again.*, false as served from again
              union all
              select served.*, true from served where name_key in (select name_key from again) or curp_key in (select curp_key from again)) as both_rounds`,
  );
}

/** Who holds a place of the first round has had her people's one chance: it is the other leaves of theirs that cannot be booked. */
export async function markNotLive(tx: Tx, drawId: DrawId, apps: readonly AppId[]): Promise<void> {
  if (apps.length === 0) return;
  await run(
    tx,
    sql`update allocation.filings f set live = false where draw_id = ${drawId} and app_id = any(${apps}::uuid[])
          and not exists (select from allocation.requests r where r.id = f.request_id and r.exchanges = ${drawId})`,
  );
}
