import { HOUR_MS } from "#kernel/time.ts";
import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { arrange } from "../rules/arrange.ts";
import { MIN_LEAD_HOURS } from "../rules/snapshot.ts";
import type { Arrangement, Need, OpenPlace, SpecialDayId } from "../types.ts";

export interface TimeOffer {
  readonly startsAt: Date;
  /** When the last of the party has done. */
  readonly endsAt: Date;
  /** One way to seat the party; the booking may find another. */
  readonly arrangement: Arrangement;
}

/**
 * The starts at which the whole party fits on that day. Exact times are for a verified contact or for
 * staff: whoever only looks gets the coarse picture (hardening 20).
 */
export async function listTimes(
  ctx: Context,
  wanted: {
    readonly officeId: OfficeId;
    readonly localDate: LocalDate;
    /** At a venue: the times of this special day. Without it, those at the office itself. */
    readonly specialDayId?: SpecialDayId | undefined;
    readonly needs: readonly Need[];
    /** The group in whose waiting room it is the asker's turn. */
    readonly roomOf?: ServiceGroup | undefined;
  },
): Promise<TimeOffer[]> {
  if (ctx.actor.kind === "visitor") throw new Error("exact times are for a verified contact");
  const groups = [...new Set(wanted.needs.map((need) => need.group))];
  const from = new Date(ctx.now.getTime() + MIN_LEAD_HOURS * HOUR_MS);
  const role = ctx.actor.kind === "citizen" ? "citizen_reader" : "console";
  const open = await transaction(ctx, role, (tx) => listOpenPlaces(tx, wanted, groups, from));
  const starts = new Set(open.filter((place) => place.serviceGroup === groups[0]).map((place) => place.startsAt));
  return [...starts].flatMap((start) => {
    const arrangement = arrange(open, wanted.needs, start);
    if (arrangement === undefined) return [];
    return [
      { startsAt: new Date(start), endsAt: new Date(Math.max(...arrangement.map((one) => one.endsAt))), arrangement },
    ];
  });
}

async function listOpenPlaces(
  tx: Tx,
  { officeId, localDate, specialDayId, roomOf }: Parameters<typeof listTimes>[1],
  groups: readonly ServiceGroup[],
  from: Date,
): Promise<OpenPlace[]> {
  return rows(
    tx,
    sql`select s.id as "sessionId", s.service_group as "serviceGroup", s.step_minutes as "stepMinutes",
               extract(epoch from p.starts_at)::float8 * 1000 as "startsAt", p.counter
        from schedules.sessions s
        join schedules.places p on p.office_id = s.office_id and p.session_id = s.id
        where s.office_id = ${officeId} and s.local_date = ${localDate} and s.service_group = any(${groups}::text[]) and s.state = 'open'
          and (select d.id from schedules.special_days d where d.office_id = s.office_id and d.id = s.special_day_id and d.venue_id is not null) is not distinct from ${specialDayId ?? null}::uuid
          and p.state = 'open' and (p.pool = 'open' or p.pool = 'room' and s.service_group = ${roomOf ?? null}::text) and p.starts_at >= ${from}
        order by p.starts_at, s.id, p.counter`,
  );
}

/** The days of the places that wait in a room, in their order: for whoever's turn it is. */
export async function listRoomDays(ctx: Context, officeId: OfficeId, group: ServiceGroup): Promise<LocalDate[]> {
  if (ctx.actor.kind === "visitor") throw new Error("exact times are for a verified contact");
  const from = new Date(ctx.now.getTime() + MIN_LEAD_HOURS * HOUR_MS);
  const found = await transaction(ctx, "citizen_reader", (tx) =>
    rows<{ date: LocalDate }>(
      tx,
      sql`select distinct s.local_date::text as date from schedules.places p
          join schedules.sessions s on s.office_id = p.office_id and s.id = p.session_id and s.state = 'open'
          where p.office_id = ${officeId} and p.pool = 'room' and s.service_group = ${group} and p.state = 'open' and p.starts_at >= ${from} order by 1`,
    ),
  );
  return found.map((row) => row.date);
}
