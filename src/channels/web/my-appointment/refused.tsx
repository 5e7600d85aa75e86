import type { BookingView } from "#modules/booking/index.ts";
import { Button, ButtonRow, PageHeading, type LinkItem } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { refusalTexts } from "../texts/refusals.ts";
import { appointmentUrls } from "../urls.ts";
import { refusalWords, type Refusal } from "../visit/refusal.tsx";
import { Refused } from "../visit/refused.tsx";
import { show, type Answer } from "../visit/visit.tsx";
import type { Opened } from "./opened.tsx";

/** A no to a change or a cancellation: why, and where to go on. The appointment stands as it was. */
export function refusedPage(opened: Opened, refusal: Refusal, instead?: LinkItem): Answer {
  const { language, network, view } = opened;
  const mine = { href: appointmentUrls.booking(view.id)(language), text: refusalTexts(language)("myAppointment") };
  const called = (ordinal: number): string => view.applicants[ordinal - 1]?.givenNames ?? "";
  const { title, lines, status } = refusalWords(refusal, language, { phone: network.lines.appointments, called });
  return show(opened, {
    title,
    address: appointmentUrls.booking(view.id),
    back: appointmentUrls.booking(view.id),
    status,
    children: <Refused title={title} lines={lines} ways={instead ? [instead, mine] : [mine]} />,
  });
}

const NOT_FOUND = 404;

/** In place of a document of an appointment that no longer stands: an old slip would send a family on its way. */
export function gonePage(opened: Opened, state: Exclude<BookingView["state"], "active">): Answer {
  const { language, view } = opened;
  const title = appointmentTexts(language)(`state_${state}`);
  return show(opened, {
    title,
    address: appointmentUrls.booking(view.id),
    back: appointmentUrls.booking(view.id),
    status: NOT_FOUND,
    children: (
      <>
        <PageHeading>{title}</PageHeading>
        <ButtonRow>
          <Button href={appointmentUrls.booking(view.id)(language)}>{refusalTexts(language)("myAppointment")}</Button>
        </ButtonRow>
      </>
    ),
  });
}
