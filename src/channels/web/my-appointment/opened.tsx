import { isUuid, type BookingId } from "#kernel/ids.ts";
import { getBooking, openedHere, type BookingView } from "#modules/booking/index.ts";
import { Button, ButtonRow, PageHeading } from "#ui/index.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { appointmentUrls, type Address } from "../urls.ts";
import { goTo, show, type Admit, type Answer, type Arrival, type Visit } from "../visit/visit.tsx";

const NOT_FOUND = 404;

/** A visit in front of a booking that it may see. */
export interface Opened extends Visit {
  readonly view: BookingView;
}

/**
 * Lets in to a booking of the visit's verified contact that this very session filed, or for which it
 * showed folio or birth date: the contact is not the person (hardening 18). What does not exist, what is
 * another's and what was not shown yet have one answer.
 */
export function openedAt(addressOf: (id: string) => Address): Admit<Opened> {
  return async (arrival) => {
    const { session, ctx, request } = arrival;
    const { id } = request.params as { id: string };
    if (session?.contactId === undefined) return { answered: goTo(arrival, appointmentUrls.open(arrival.language)) };
    const found = wasOpened(arrival, id) ? await getBooking(ctx, session.contactId, id as BookingId) : undefined;
    const view = found && (await isHidden(arrival, found)) ? undefined : found;
    return view
      ? { ...arrival, session, view }
      : { answered: unknownPage(arrival, isUuid(id) ? addressOf(id) : appointmentUrls.open) };
  };
}

/** Hidden since this visit had opened it: by another one, which showed more than a birth date. */
export async function isHidden(
  { ctx }: Pick<Arrival, "ctx">,
  one: { readonly id: string; readonly delicate: boolean },
): Promise<boolean> {
  return one.delicate && !(await openedHere(ctx))(one.id);
}

function wasOpened({ draft }: Arrival, id: string): boolean {
  return isUuid(id) && draft.opened.includes(id as BookingId);
}

function unknownPage(arrival: Arrival, address: Address): Answer {
  const t = refusalTexts(arrival.language);
  return show(arrival, {
    title: t("unknown_booking_title"),
    address,
    status: NOT_FOUND,
    children: (
      <>
        <PageHeading lead={t("unknown_booking")}>{t("unknown_booking_title")}</PageHeading>
        <ButtonRow>
          <Button href={appointmentUrls.open(arrival.language)}>{t("myAppointment")}</Button>
        </ButtonRow>
      </>
    ),
  });
}
