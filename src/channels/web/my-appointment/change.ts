import type { LocalDate } from "#kernel/ids.ts";
import { isLocalDate } from "#kernel/time.ts";
import type { ApplicantRequest } from "#modules/booking/index.ts";
import type { Office } from "#modules/offices/index.ts";
import { chosenStart } from "../choose/times.tsx";
import { appointmentUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { requestsOfBooking } from "../visit/party.ts";
import type { Opened } from "./opened.tsx";

/** Where to an appointment shall be moved, as far as it was chosen: it travels in the address, nothing is kept. */
export interface Wish {
  readonly office: Office;
  readonly localDate: LocalDate | undefined;
  readonly startsAt: Date | undefined;
  readonly applicants: readonly ApplicantRequest[];
}

/** Reads the choice; without another office it is the booking's own. */
export function wishOf({ view, network }: Opened, source: unknown): Wish {
  const { oficina, dia, hora } = typedOf(source, ["oficina", "dia", "hora"]);
  return {
    office: network.officeById.get(oficina) ?? network.officeById.get(view.officeId)!,
    localDate: isLocalDate(dia) ? dia : undefined,
    startsAt: chosenStart(hora),
    applicants: requestsOfBooking(view),
  };
}

/** `empty` is a day that has no hour for all of them. */
export function dayHref({ view, language }: Opened, { office }: Pick<Wish, "office">, empty?: LocalDate): string {
  return withQuery(appointmentUrls.changeDay(view.id)(language), { oficina: office.id, sin: empty });
}

export function timeHref({ view, language }: Opened, { office }: Pick<Wish, "office">, date: LocalDate): string {
  return withQuery(appointmentUrls.changeTime(view.id)(language), { oficina: office.id, dia: date });
}
