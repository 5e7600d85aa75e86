import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { needsOf, type ApplicantRequest } from "#modules/booking/index.ts";
import type { Network } from "#modules/offices/index.ts";
import { arrange, type Arrangement } from "#modules/schedules/index.ts";
import { COUNTED_GROUP, placeKey, type OfficeDay } from "./calendar.ts";
import type { Dice } from "./dice.ts";
import { aParty } from "./people.ts";

/** A party and where it will ask for its places. */
export interface PlannedParty {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly applicants: readonly ApplicantRequest[];
}

/** How far a day is to be filled: a share of its places for documents, or so many parties. */
export type Fullness = { readonly share: number } | { readonly parties: number };

/** Starts that a party tries before another party is made up. */
const STARTS_TRIED = 6;
/** Parties in a row that found nothing, after which a day counts as full. */
const MOST_FAILURES = 25;

/** Parties for one office on one day, seated by the same rule as real ones, so that nearly all of them find their places. */
export function planDay(
  dice: Dice,
  network: Network,
  day: OfficeDay,
  fullness: Fullness,
  earliest = 0,
): PlannedParty[] {
  const parties: PlannedParty[] = [];
  let open = day.open.filter((place) => place.startsAt >= earliest);
  let failures = 0;
  const enough = "parties" in fullness ? fullness.parties : (1 - fullness.share) * day.places;
  const isEnough = (): boolean =>
    "parties" in fullness
      ? parties.length >= enough
      : open.filter((place) => place.serviceGroup === COUNTED_GROUP).length <= enough;
  while (open.length > 0 && !isEnough() && failures < MOST_FAILURES) {
    const applicants = aParty(dice, day.localDate);
    const needs = needsOf(applicants, (slug) => network.serviceBySlug.get(slug));
    const { group } = needs[0]!;
    const starts = [...new Set(open.filter((place) => place.serviceGroup === group).map((place) => place.startsAt))];
    const arrangement =
      starts.length === 0 ? undefined : firstFit(dice, starts, (start) => arrange(open, needs, start));
    if (!arrangement) {
      failures += 1;
      continue;
    }
    failures = 0;
    const taken = new Set(
      arrangement.flatMap((one) =>
        Array.from({ length: one.steps }, (_, step) =>
          placeKey(one.sessionId, one.startsAt + step * one.stepMinutes * MINUTE_MS, one.counter),
        ),
      ),
    );
    open = open.filter((place) => !taken.has(placeKey(place.sessionId, place.startsAt, place.counter)));
    parties.push({
      officeId: day.officeId,
      localDate: day.localDate,
      startsAt: new Date(arrangement[0]!.startsAt),
      applicants,
    });
  }
  return parties;
}

function firstFit(
  dice: Dice,
  starts: readonly number[],
  fit: (start: number) => Arrangement | undefined,
): Arrangement | undefined {
  for (let i = 0; i < STARTS_TRIED; i += 1) {
    const found = fit(dice.pick(starts));
    if (found) return found;
  }
  return undefined;
}
