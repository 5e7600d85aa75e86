import type { LocalDate } from "#kernel/ids.ts";
import { isLocalDate } from "#kernel/time.ts";
import { mayMove, MOST_MOVES, movesAfter, NEAR_OFFICES, type ApplicantRequest } from "#modules/booking/index.ts";
import { officesInReach, type Office } from "#modules/offices/index.ts";
import { chosenStart } from "../choose/times.tsx";
import { refusalTexts } from "../texts/refusals.ts";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { requestsOfBooking } from "../visit/party.ts";
import type { Answer } from "../visit/visit.tsx";
import { refusedUnless } from "./cancel.page.tsx";
import type { Opened } from "./opened.tsx";
import { refusedPage } from "./refused.tsx";

/** Where to an appointment shall be moved, as far as it was chosen: it travels in the address, nothing is kept. */
export interface Wish {
  readonly office: Office;
  readonly localDate: LocalDate | undefined;
  readonly startsAt: Date | undefined;
  readonly applicants: readonly ApplicantRequest[];
  /** "I have moved far away": any office may be chosen then. */
  readonly movedHome: boolean;
}

/** Reads the choice; without another office it is the booking's own. */
export function wishOf({ view, network }: Opened, source: unknown): Wish {
  const { oficina, dia, hora, mude } = typedOf(source, ["oficina", "dia", "hora", "mude"]);
  return {
    office: network.officeById.get(oficina) ?? network.officeById.get(view.officeId)!,
    localDate: isLocalDate(dia) ? dia : undefined,
    startsAt: chosenStart(hora),
    applicants: requestsOfBooking(view),
    movedHome: mude !== "",
  };
}

type Where = Pick<Wish, "office" | "movedHome">;

/** What of the choice every address and form of it carries along. */
export function kept({ office, movedHome }: Where): Record<string, string> {
  return { oficina: office.id, ...(movedHome ? { mude: "1" } : {}) };
}

/** `empty` is a day that has no hour for all of them. */
export function dayHref({ view, language }: Opened, where: Where, empty?: LocalDate): string {
  return withQuery(appointmentUrls.changeDay(view.id)(language), { ...kept(where), sin: empty });
}

export function timeHref({ view, language }: Opened, where: Where, date: LocalDate): string {
  return withQuery(appointmentUrls.changeTime(view.id)(language), { ...kept(where), dia: date });
}

/** The page in place of one that would offer a move which may not be made; without a wish, any move at all. */
export function unmovable(opened: Opened, wish?: Where): Answer | undefined {
  const { view, network, language, ctx } = opened;
  const closed = refusedUnless(opened, mayMove(view, ctx.now));
  if (closed) return closed;
  if (!movesAfter(view, ctx.now)) return refusedPage(opened, { code: "too_many_moves", most: MOST_MOVES });
  if (!wish || wish.movedHome || officesInReach(network, view.officeId, NEAR_OFFICES).includes(wish.office.id))
    return undefined;
  return refusedPage(
    opened,
    { code: "too_far", nearest: NEAR_OFFICES },
    { href: appointmentUrls.changePlace(view.id)(language), text: refusalTexts(language)("chooseOffice") },
  );
}
