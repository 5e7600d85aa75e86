import type { LocalDate } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Used, Visits } from "../rules/allowance.ts";
import type { Consent, Help, HelperId, HelpLanguage } from "../types.ts";

export interface NewHelp extends Help {
  readonly helperId: HelperId;
  readonly sessionId: string;
  readonly consent: Consent;
  readonly language: HelpLanguage;
}

export async function insertHelp(tx: Tx, one: NewHelp): Promise<void> {
  await run(
    tx,
    sql`insert into helpers.helps (visit_id, helper_id, session_id, consent, language, begun_at, until)
        values (${one.visitId}, ${one.helperId}, ${one.sessionId}, ${one.consent}, ${one.language}, ${one.begunAt}, ${one.until})`,
  );
}

/** What goes on where it is signed in there. */
export async function findHelp(tx: Tx, sessionId: string, now: Date): Promise<Help | undefined> {
  const [row] = await rows<Help>(
    tx,
    sql`select visit_id as "visitId", begun_at as "begunAt", until from helpers.helps
        where session_id = ${sessionId} and ended_at is null and until > ${now} order by begun_at desc limit 1`,
  );
  return row;
}

/** Ends what goes on there. Returns the visits that were open. */
export async function endHelps(tx: Tx, sessionId: string, now: Date): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    tx,
    sql`update helpers.helps set ended_at = ${now} where session_id = ${sessionId} and ended_at is null returning visit_id as id`,
  );
  return ended.map((one) => one.id);
}

/** People and visits of these days, and help that goes on without a booking yet. */
export async function countUsed(
  tx: Tx,
  id: HelperId,
  span: { readonly from: LocalDate; readonly today: LocalDate; readonly now: Date },
): Promise<Used & Visits> {
  const [row] = await rows<Used & Visits>(
    tx,
    sql`select coalesce(sum(d.persons), 0)::int + max(o.going) as persons, coalesce(sum(d.persons) filter (where d.day = ${span.today}::date), 0)::int + max(o.going) as today,
          coalesce(sum(d.kept), 0)::int as kept, coalesce(sum(d.missed), 0)::int as missed
        from (select count(*)::int as going from helpers.helps where helper_id = ${id} and ended_at is null and until > ${span.now}) o
        left join helpers.days d on d.helper_id = ${id} and d.day between ${span.from}::date and ${span.today}::date`,
  );
  return row!;
}

/** Who opened these visits. */
export function listOpeners(
  tx: Tx,
  visitIds: readonly string[],
): Promise<{ visitId: string; helperId: HelperId; language: HelpLanguage }[]> {
  return rows(
    tx,
    sql`select visit_id as "visitId", helper_id as "helperId", language from helpers.helps where visit_id = any(${visitIds}::uuid[])`,
  );
}
