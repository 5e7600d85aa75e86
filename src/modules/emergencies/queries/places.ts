import type { LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import { getNetwork, type Service } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { arrange, listSpare, URGENT_POOLS, type Need, type SparePlace } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { PLACE_WITHIN_DAYS } from "../rules/asking.ts";

/** A start at which so many people fit beside or after one another. */
export interface UrgentTime {
  readonly localDate: LocalDate;
  readonly startsAt: Date;
}

/** What a party of that size needs of one service. */
export function needsOfEmergency(service: Pick<Service, "group" | "minutes">, people: number): Need[] {
  return Array.from({ length: people }, (_, i) => ({ ordinal: i + 1, group: service.group, minutes: service.minutes }));
}

/** Places of the office itself for urgent cases: those of that pool, and whatever is open to all; none of a draw. */
export async function listUrgentPlaces(
  tx: Tx,
  officeId: OfficeId,
  group: Service["group"],
  span: { readonly from: LocalDate; readonly to: LocalDate; readonly after: Date },
): Promise<SparePlace[]> {
  const spare = await listSpare(tx, { officeId, groups: [group], ...span, heldBy: [] }, URGENT_POOLS);
  return spare.filter((one) => (one.site ?? null) === null);
}

/** Hours of the next days that the caller's office can give at once; none to whoever may not answer. */
export async function listUrgentTimes(
  ctx: Context,
  officeId: OfficeId,
  { slug, people }: { readonly slug: ServiceSlug; readonly people: number },
): Promise<UrgentTime[]> {
  const network = await getNetwork(ctx);
  const [service, office] = [network.serviceBySlug.get(slug), network.officeById.get(officeId)];
  if (!service?.bookable || !office || !can(ctx.actor, "answer_emergencies", officeId)) return [];
  const today = localDateAt(ctx.now, office.zone);
  const span = { from: today, to: addDays(today, PLACE_WITHIN_DAYS), after: ctx.now };
  const places = await transaction(ctx, "console", (tx) => listUrgentPlaces(tx, officeId, service.group, span));
  const byDay = new Map<LocalDate, SparePlace[]>();
  for (const place of places) {
    const day = byDay.get(place.localDate);
    if (day) day.push(place);
    else byDay.set(place.localDate, [place]);
  }
  const needs = needsOfEmergency(service, people);
  return [...byDay].flatMap(([localDate, own]) =>
    [...new Set(own.map((one) => one.startsAt))]
      .filter((start) => arrange(own, needs, start) !== undefined)
      .map((start) => ({ localDate, startsAt: new Date(start) })),
  );
}
