import type { BookingId, OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Context } from "#platform/context.ts";
import { rows, sql } from "#platform/db/index.ts";
import { HALL_RULE, orderQueue } from "../rules/queue.ts";
import { turnCode, type TurnCode } from "../rules/turn.ts";
import { countCalled } from "../store/turns.ts";
import type { Station, VisitState } from "../types.ts";
import { listBoardStations } from "./board.ts";
import { listQueue, waitingOf } from "./queue.ts";

/** Where a party's own turn stands. */
export interface OwnTurn {
  readonly turn: TurnCode;
  readonly state: VisitState;
  readonly station: Station;
  readonly counter: number | null;
  /** How many turns are called before it at its station, as it looks now; null while it does not wait. */
  readonly ahead: number | null;
  /** Median whole minutes that its station took today; null while nobody knows. */
  readonly minutes: number | null;
  readonly parked: boolean;
}

/** The turn of a booking today; undefined while it has none. The caller has made sure that the booking is the asker's. */
export async function getOwnTurn(
  ctx: Context,
  { officeId, bookingId }: { readonly officeId: OfficeId; readonly bookingId: BookingId },
): Promise<OwnTurn | undefined> {
  const { zone } = (await getNetwork(ctx)).officeById.get(officeId)!;
  const today = localDateAt(ctx.now, zone);
  return ctx.database.transaction("console", { officeId }, async (tx) => {
    const [own] = await rows<{
      id: string;
      state: VisitState;
      station: Station;
      counter: number | null;
      turnNo: number;
      parked: boolean;
    }>(
      tx,
      sql`select id, state, station, counter, turn_no as "turnNo", parked_at is not null as parked from visits.visits
          where office_id = ${officeId} and booking_id = ${bookingId} and local_date = ${today} and turn_no is not null`,
    );
    if (!own) return undefined;
    const { id, turnNo, ...where } = own;
    const [queue, called, stations] = await Promise.all([
      listQueue(tx, officeId, today, own.station),
      countCalled(tx, officeId, today, own.station),
      listBoardStations(tx, officeId, today),
    ]);
    const order = orderQueue(queue.map(waitingOf), called, ctx.now.getTime(), HALL_RULE);
    const place = order.findIndex((one) => one.id === id);
    return {
      ...where,
      turn: turnCode(turnNo),
      ahead: own.state !== "waiting" || place < 0 ? null : place,
      minutes: stations.find((one) => one.station === own.station)?.waitMinutes ?? null,
    };
  });
}
