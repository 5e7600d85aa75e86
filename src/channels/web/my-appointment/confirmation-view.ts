import { formatFolio } from "#kernel/folio.ts";
import { MINUTE_MS, offsetAt } from "#kernel/time.ts";
import type { BookingView } from "#modules/booking/index.ts";
import { partyDue, requirementsFor, type Network, type Office } from "#modules/offices/index.ts";
import type { Services } from "#platform/context.ts";
import { qrToken } from "#channels/documents/qr-token.ts";
import type { ConfirmationView } from "#channels/documents/view.ts";
import { mapLink } from "../offices/map-link.ts";
import { venueMap } from "../special-days/days.ts";
import { dayInWords } from "../texts/format.ts";
import { officeTexts } from "../texts/offices.ts";
import { specialDayTexts } from "../texts/special-days.ts";
import { LOCALES, type Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import { appointmentUrls, shortUrls } from "../urls.ts";
import { parentLines } from "../visit/bring.tsx";
import { fullName, membersOfBooking, type Member } from "../visit/party.ts";
import { amountWithYear, hourAt, serviceNames } from "../visit/words.ts";

type Needed = Pick<Services, "keyring" | "publicOrigin">;

/** What the documents of a booking say. Whoever asks has shown that she may see it. */
export async function confirmationView(
  services: Needed,
  network: Network,
  view: BookingView,
  language: Language,
  now: Date,
): Promise<ConfirmationView> {
  const office = network.officeById.get(view.officeId)!;
  const members = membersOfBooking(view, network);
  const due = partyDue(members, view.localDate);
  return {
    language,
    bookingId: view.id,
    folio: formatFolio(view.folio),
    office: { ...whereToGo(view, office, language), zone: office.zone },
    startsAt: view.startsAt,
    endsAt: endOf(view, network),
    dateText: dayInWords(view.localDate, language),
    timeText: `${hourAt(view.startsAt, office, language)} ${zoneName(view.startsAt, office)}`,
    people: members.map((member) => ({ name: fullName(member.details), services: serviceNames(member, language) })),
    bring: [...new Set(members.flatMap((member) => papersOf(member, network, view, language)))],
    fees: feeLines(members, view, language),
    total: amountWithYear(due, language),
    payment: paymentWords(office, language),
    pageUrl: services.publicOrigin + appointmentUrls.open(language),
    verificationUrl: services.publicOrigin + shortUrls.qr(await qrToken(services, view.id)),
    bookedAt: view.createdAt,
    issuedAt: now,
  };
}

/** The office, or the venue of a special day: whoever has a place there must not set out for the consulate. */
function whereToGo(
  { specialDay }: BookingView,
  office: Office,
  language: Language,
): Omit<ConfirmationView["office"], "zone"> {
  const venue = specialDay?.venue;
  if (!venue)
    return {
      name: office.name[language],
      city: office.shortName[language],
      addressLines: addressLines(office),
      mapUrl: mapLink(office),
    };
  return {
    name: venue.name,
    city: venue.city,
    addressLines: [venue.street, `${venue.city}, ${venue.region}`],
    mapUrl: venueMap(venue),
    note: specialDayTexts(language)("notOffice"),
    wayIn: venue.wayIn,
  };
}

/** Empty while the address is being confirmed. */
export function addressLines({ publicFacts: { address } }: Office): string[] {
  return address
    ? [address.value.street, `${address.value.city}, ${address.value.state} ${address.value.postalCode}`]
    : [];
}

export function paymentWords({ publicFacts: { payment_means: means } }: Office, language: Language): string {
  const t = officeTexts(language);
  if (!means) return t("payUnknown");
  return new Intl.ListFormat(LOCALES[language], { type: "disjunction" }).format(means.value.map((one) => t(one)));
}

/** When the last of the party should have done, by the planned minutes. */
function endOf(view: BookingView, network: Network): Date {
  const ends = view.appointments.map((one) => {
    const minutes = one.services.reduce((sum, slug) => sum + (network.serviceBySlug.get(slug)?.minutes ?? 0), 0);
    return one.startsAt.getTime() + minutes * MINUTE_MS;
  });
  return new Date(Math.max(view.startsAt.getTime(), ...ends));
}

function papersOf(member: Member, network: Network, view: BookingView, language: Language): string[] {
  const papers = requirementsFor(
    network,
    { age: member.age, services: member.services.map((one) => one.slug) },
    view.checklist,
  );
  return [...papers.map((paper) => paper.text[language]), ...parentLines(member, language)];
}

/** A line for each service, with how many people it is for and the year of its tariff. */
function feeLines(
  members: readonly Member[],
  view: BookingView,
  language: Language,
): { label: string; amount: string }[] {
  const t = visitTexts(language);
  return [...new Set(members.flatMap((member) => member.services))].map((service) => {
    const wanting = members.filter((member) => member.services.includes(service));
    const due = partyDue(
      wanting.map((member) => ({ ...member, services: [service] })),
      view.localDate,
    );
    const name = service.name[language];
    const unknown = due.lines.every((line) => line.choices.length === 0);
    return {
      label: wanting.length === 1 ? name : t("feePeople", { service: name, people: wanting.length }),
      amount: unknown ? t("feeUnknown") : amountWithYear(due, language),
    };
  });
}

/** `PST`, or the offset where the zone has no letters. Only American English has the codes that are used on the spot. */
function zoneName(instant: Date, { zone }: Office): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "short" }).formatToParts(instant);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? offsetAt(instant, zone);
}
