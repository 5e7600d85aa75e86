import { viewOfDay } from "#channels/common/special-day.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import type { Arrival } from "../visit/visit.tsx";

/** Special days at a venue that take place, the soonest first: where places are drawn too, what nobody wanted is open to all at the end. */
export async function daysToChoose({ web, language, network, ctx }: Arrival): Promise<SpecialDayView[]> {
  const { planned, draws } = await getReleases(web.services);
  return planned.flatMap((day) => {
    if (day.venue === null) return [];
    const view = viewOfDay(day, { language, network, draws, publicOrigin: ctx.publicOrigin, now: ctx.now });
    return view && standOf(view) === "published" ? [view] : [];
  });
}

/** The special day at a venue to which one of these sessions belongs, whatever state it is in. */
export async function venueDayOf(
  { web, language, network, ctx }: Arrival,
  sessionIds: readonly string[],
): Promise<SpecialDayView | undefined> {
  const { planned, draws } = await getReleases(web.services);
  const day = planned.find((one) => one.venue && one.sessions.some(({ id }) => sessionIds.includes(id)));
  return day && viewOfDay(day, { language, network, draws, publicOrigin: ctx.publicOrigin, now: ctx.now });
}

/** One of them; undefined for anything else that was sent. */
export async function findDay(arrival: Arrival, id: string): Promise<SpecialDayView | undefined> {
  if (id === "") return undefined;
  return (await daysToChoose(arrival)).find(({ day }) => day.id === id);
}
