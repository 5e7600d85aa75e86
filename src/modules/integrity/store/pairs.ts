import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Bits, Verdict } from "../types.ts";

export interface FoundPair {
  readonly id: string;
  readonly personA: string;
  readonly personB: string;
  readonly bits: number;
  readonly terms: Bits;
}

/** Writes doubts. One that somebody has decided stays decided; a clash is decided anew when somebody filed since. */
export async function savePairs(tx: Tx, pairs: readonly FoundPair[], now: Date): Promise<void> {
  if (pairs.length === 0) return;
  await run(
    tx,
    sql`insert into integrity.pairs as p (id, person_a, person_b, bits, terms, one_contact, found_at)
        select id, least(a, b), greatest(a, b), bits, terms, (select count(distinct f.contact_id) = 1 from integrity.filings f where f.person_id in (a, b)), ${now}
        from unnest(${pairs.map((one) => one.id)}::uuid[], ${pairs.map((one) => one.personA)}::uuid[], ${pairs.map((one) => one.personB)}::uuid[],
          ${pairs.map((one) => one.bits)}::real[], ${pairs.map((one) => JSON.stringify(one.terms))}::jsonb[]) as t (id, a, b, bits, terms)
        where exists (select from integrity.persons where persons.id = a) and exists (select from integrity.persons where persons.id = b)
        order by 2, 3
        on conflict (person_a, person_b) do update set one_contact = excluded.one_contact, bits = greatest(p.bits, excluded.bits), terms = case when p.bits < excluded.bits then excluded.terms else p.terms end,
          (verdict, decided_by, decided_at) = (select p.verdict, p.decided_by, p.decided_at where p.person_a <> p.person_b
            or not exists (select from integrity.filings f where f.person_id = p.person_a and f.active and f.filed_at > p.decided_at))`,
  );
}

export interface LockedPair {
  readonly personA: string;
  readonly personB: string;
  readonly verdict: Verdict | null;
  /** All filings of both are one contact's. */
  readonly oneContact: boolean;
}

export async function lockPair(tx: Tx, id: string): Promise<LockedPair | undefined> {
  await run(tx, sql`select set_config('app.doubt', ${id}, true)`);
  const [pair] = await rows<LockedPair>(
    tx,
    sql`select person_a as "personA", person_b as "personB", verdict,
          (select count(distinct contact_id) = 1 from integrity.filings f where f.person_id in (person_a, person_b)) as "oneContact"
        from integrity.pairs where id = ${id} for update`,
  );
  return pair;
}

export async function setVerdict(
  tx: Tx,
  { id, verdict, staffId, now }: { id: string; verdict: Verdict; staffId: string; now: Date },
): Promise<void> {
  await run(
    tx,
    sql`update integrity.pairs set verdict = ${verdict}, decided_by = ${staffId}, decided_at = ${now} where id = ${id}`,
  );
}

/** Makes the second person the first; what else was doubted of the second is found again with the next filing. */
export async function mergePersons(tx: Tx, { into, gone }: { into: string; gone: string }): Promise<void> {
  await run(tx, sql`update integrity.filings set person_id = ${into} where person_id = ${gone}`);
  await run(tx, sql`delete from integrity.persons where id = ${gone}`);
}
