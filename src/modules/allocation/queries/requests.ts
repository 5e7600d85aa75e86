import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import type { Assigned, Need as PersonNeed } from "#modules/schedules/index.ts";
import type { Answer, DrawId, DrawKind, DrawState, Option, RequestId, RequestState, Tier } from "../types.ts";

/** How a request stands in one draw. Nothing in it says whether somebody else filed for the same person. */
export interface RequestInDraw {
  readonly drawId: DrawId;
  readonly kind: DrawKind;
  readonly state: DrawState;
  readonly locksAt: Date;
  readonly drawsAt: Date;
  readonly answersBy: Date;
  /** 32 hex digits: its number in the published files. */
  readonly app: string;
  readonly promise: string;
  readonly answer: Answer | null;
  readonly seating: readonly Assigned[] | null;
  readonly officeId: OfficeId | null;
  readonly localDate: LocalDate | null;
  /** She said yes, and keeps it unless the second round has a better-ranked one. */
  readonly upgrade: boolean;
  /** UTC until which she may say so; null where there is no second round any more. */
  readonly upgradeUntil: Date | null;
  /** Which wish led there, from 0. */
  readonly option: number | null;
  readonly turn: number | null;
}

/** A household's own request. `sealed` is opened by the module that sealed it. */
export interface RequestRow {
  readonly id: RequestId;
  readonly contactId: ContactId;
  readonly state: RequestState;
  readonly people: number;
  readonly tier: Tier;
  readonly autoConfirm: boolean;
  readonly shortNotice: boolean;
  readonly delicate: boolean;
  readonly needs: readonly PersonNeed[];
  readonly options: readonly Option[];
  readonly channel: string;
  readonly language: "es" | "en";
  readonly sealed: Buffer;
  readonly bookingId: BookingId | null;
  readonly officeId: OfficeId | null;
  /** Its place may be exchanged in the draw that is under way. */
  readonly exchanging: boolean;
  readonly createdAt: Date;
  readonly changedAt: Date;
  /** Its draws, the latest first. */
  readonly draws: readonly RequestInDraw[];
}

/** Requests of the contact who asks, the latest first. */
export function listRequests(ctx: Context): Promise<RequestRow[]> {
  return transaction(ctx, "citizen_reader", async (tx) => {
    const requests = await rows<Omit<RequestRow, "draws">>(
      tx,
      sql`select id, contact_id as "contactId", state, people, tier, auto_confirm as "autoConfirm", short_notice as "shortNotice", delicate, needs, options, channel, language, sealed,
                 booking_id as "bookingId", office_id as "officeId", exchanges is not null as exchanging, created_at as "createdAt", changed_at as "changedAt"
          from allocation.requests order by created_at desc`,
    );
    const draws = await listInDraws(tx);
    return requests.map((request) => ({ ...request, draws: draws.filter((one) => one.requestId === request.id) }));
  });
}

function listInDraws(tx: Tx): Promise<(RequestInDraw & { readonly requestId: RequestId })[]> {
  return rows(
    tx,
    sql`select f.request_id as "requestId", f.draw_id as "drawId", d.kind, d.state, d.locks_at as "locksAt", d.draws_at as "drawsAt", d.answers_by as "answersBy",
               replace(f.app_id::text, '-', '') as app, f.promise, f.answer, f.seating,
               f.upgrade, case when d.state = 'drawn' then (select s.locks_at from allocation.draws s where s.follows = d.id and s.state = 'open') end as "upgradeUntil",
               o.office_id as "officeId", coalesce(f.seated_on, o.local_date)::text as "localDate", o.option, o.turn
        from allocation.filings f join allocation.draws d on d.id = f.draw_id left join allocation.outcomes o on o.draw_id = f.draw_id and o.app_id = f.app_id
        order by d.draws_at desc`,
  );
}
