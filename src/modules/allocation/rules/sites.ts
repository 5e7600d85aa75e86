import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import type { DrawPlace } from "#modules/schedules/index.ts";
import type { Draw } from "../types.ts";

type Where = Pick<DrawPlace, "site" | "localDate">;

/**
 * What of an office's places a draw may have. A request names offices and days, so a cell says no more: the places of one
 * cell must all lie at one site, or a family could be given two seats in two towns, and none at either (decision 0024).
 *
 * A weekly draw has the office's own places alone: it is nobody's lot to be given a hall of which she never heard.
 * A daily or short one has of each day one site, another one each time; what it leaves out stays for the next.
 */
export function drawnAt<Place extends Where>(
  { kind, drawsAt }: Pick<Draw, "kind" | "drawsAt">,
  places: readonly Place[],
): Place[] {
  if (kind !== "daily" && kind !== "short") return atOffice(places);
  const turn = Math.floor(drawsAt.getTime() / (kind === "daily" ? DAY_MS : HOUR_MS));
  const days = new Set(places.map((place) => place.localDate));
  return [...days].flatMap((localDate) => {
    const day = places.filter((place) => place.localDate === localDate);
    const sites = [...new Set(day.map((place) => place.site ?? ""))].sort();
    const site = sites[turn % sites.length];
    return day.filter((place) => (place.site ?? "") === site);
  });
}

/** Places at the office itself. */
export function atOffice<Place extends Where>(places: readonly Place[]): Place[] {
  return places.filter((place) => place.site === null);
}
