import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { countActions, insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";

/** What may stand out of what a member of staff did. */
export const AGENT_SIGNS = ["attested", "attested_rising", "other_names", "braked", "one_seller", "honey"] as const;
export type AgentSign = (typeof AGENT_SIGNS)[number];

/** One thing that stood out, for a person who asks why. Personal: it names a member of staff. */
export interface AgentAlarm {
  readonly staffId: StaffId;
  readonly name: string;
  readonly officeId: OfficeId | null;
  readonly sign: AgentSign;
  readonly count: number;
  readonly of: number;
  readonly peersCount: number;
  readonly peersOf: number;
  readonly foundOn: LocalDate;
}

/** What stands out, the newest first; each look is a line of the audit log. Who does not stand out is not in it. */
export async function getAgentAlarms(ctx: Context): Promise<Outcome<AgentAlarm[], { readonly code: "not_allowed" }>> {
  if (!can(ctx.actor, "see_alarms")) return refuse({ code: "not_allowed" });
  return transaction(ctx, "console", async (tx) => {
    const found = await rows<AgentAlarm>(
      tx,
      sql`select a.staff_id as "staffId", s.name, s.office_id as "officeId", a.sign, a.count, a.of, a.peers_count as "peersCount", a.peers_of as "peersOf",
            a.found_on::text as "foundOn"
          from integrity.agent_alarms a join people.staff s on s.id = a.staff_id where s.active order by a.found_on desc, s.name, a.sign`,
    );
    await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "agents.alarms_read", count: found.length }]);
    return accept(found);
  });
}

/** What somebody did of one kind within the weeks, and out of how much. */
export interface AgentCount {
  readonly staffId: StaffId;
  readonly officeId: OfficeId;
  readonly sign: "attested" | "other_names" | "braked";
  readonly count: number;
  readonly of: number;
}

/** Counts of each member of staff since that instant (role worker). A name that changed much has a line beside that of the correction. */
export async function countActs(tx: Tx, since: Date): Promise<AgentCount[]> {
  const attested = await rows<Omit<AgentCount, "sign">>(
    tx,
    sql`select staff_id as "staffId", office_id as "officeId", count(*) filter (where shown = 'second')::int as count, count(*)::int as of
        from people.presences where used_for = 'date' and used_at >= ${since} group by 1, 2`,
  );
  const names = await countActions(tx, since, {
    part: "file.other_name",
    whole: ["file.other_name", "file.correct_name"],
  });
  const files = await countActions(tx, since, { part: "file.braked", whole: ["file.braked", "file.read"] });
  return [
    ...attested.map((one) => ({ ...one, sign: "attested" as const })),
    ...names.map((one) => ({ ...one, of: one.of - one.count, sign: "other_names" as const }) as AgentCount),
    ...files.map((one) => ({ ...one, sign: "braked" as const }) as AgentCount),
  ];
}

/** Dates that desks gave on a contact, or on a group that contacts make together. */
export function listGiven(tx: Tx, since: Date): Promise<{ staffId: StaffId; officeId: OfficeId; contact: string }[]> {
  return rows(
    tx,
    sql`select p.staff_id as "staffId", p.office_id as "officeId",
          coalesce((select o.cluster_id from integrity.observations o where o.contact_id = p.contact_id and o.cluster_id is not null limit 1), p.contact_id)::text as contact
        from people.presences p where p.used_for = 'date' and p.contact_id is not null and p.used_at >= ${since} order by p.used_at, p.id`,
  );
}

/** How many attested dates each gave on each day on which she gave any. */
export function countDays(tx: Tx, since: Date): Promise<{ staffId: StaffId; officeId: OfficeId; count: number }[]> {
  return rows(
    tx,
    sql`select staff_id as "staffId", office_id as "officeId", count(*) filter (where shown = 'second')::int as count
        from people.presences where used_for = 'date' and used_at >= ${since} group by staff_id, office_id, used_at::date order by used_at::date`,
  );
}
