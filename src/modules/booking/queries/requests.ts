import { parseFolio } from "#kernel/folio.ts";
import type { Folio, OfficeId, SessionId } from "#kernel/ids.ts";
import {
  findRequestToTell,
  listRequests,
  type RequestId,
  type RequestRow,
  type RequestToTell,
} from "#modules/allocation/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import type { SealedRequest } from "../commands/requests.ts";
import { requestNumber } from "../rules/request-number.ts";
import type { VenueOfBooking } from "../types.ts";

/** A household's own request, opened. */
export interface RequestView extends Omit<RequestRow, "sealed">, SealedRequest {
  readonly number: Folio;
}

/** Requests of the contact who asks, opened, the latest first; erased ones are left out. */
export async function listOwnRequests(ctx: Context): Promise<RequestView[]> {
  const rows = await listRequests(ctx);
  const plains = await ctx.keyring.open(
    rows.map(({ id, sealed }) => ({ field: "allocation.request", row: id, sealed })),
  );
  return rows.flatMap(({ sealed: _sealed, ...row }, i) => {
    const plain = plains[i];
    return plain === undefined
      ? []
      : [{ ...row, ...(JSON.parse(plain) as SealedRequest), number: requestNumber(row.id) }];
  });
}

/** One of them; undefined for another's, an unknown and an erased one alike. */
export async function getOwnRequest(ctx: Context, id: RequestId): Promise<RequestView | undefined> {
  return (await listOwnRequests(ctx)).find((one) => one.id === id);
}

/** The contact's own request with that number, as people type it. */
export async function getRequestByNumber(ctx: Context, typed: string): Promise<RequestView | undefined> {
  const number = parseFolio(typed);
  return number && (await listOwnRequests(ctx)).find((one) => one.number === number);
}

export type { RequestId };

export interface RequestNotice extends RequestToTell {
  readonly number: Folio;
  /** Where the place that was given to it is, if not at its office. */
  readonly venue: VenueOfBooking | null;
}

/** For the worker, who puts messages into words and is answerable for it. Nothing sealed is opened. */
export async function getRequestForMessage(ctx: Context, id: RequestId): Promise<RequestNotice | undefined> {
  const [subject] = await ctx.keyring.digest("subject", [id]);
  const found = await transaction(ctx, "worker", async (tx) => {
    const request = await findRequestToTell(tx, id);
    if (request)
      await insertAudit(tx, [{ ...ctx, at: ctx.now, action: "allocation.read", subject: subject![0]!.digest }]);
    return request && { ...request, venue: await venueOf(tx, request.officeId, request.seating?.[0]?.sessionId) };
  });
  return found && { ...found, number: requestNumber(id) };
}

async function venueOf(tx: Tx, officeId: OfficeId, sessionId: SessionId | undefined): Promise<VenueOfBooking | null> {
  if (sessionId === undefined) return null;
  const [found] = await rows<VenueOfBooking>(
    tx,
    sql`select v.name, v.street, v.city, v.region, v.way_in as "wayIn" from schedules.sessions s
        join schedules.special_days d on d.office_id = s.office_id and d.id = s.special_day_id join schedules.venues v on v.id = d.venue_id
        where s.office_id = ${officeId} and s.id = ${sessionId}`,
  );
  return found ?? null;
}
