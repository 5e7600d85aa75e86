import type { ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS, instantOf } from "#kernel/time.ts";
import { book, getBooking, type BookingView } from "#modules/booking/index.ts";
import { TODAY, type TestApplication } from "#tests/support/application.ts";
import { anApplicant, citizen, FRESNO, FRESNO_ZONE, someContacts } from "#tests/support/fixtures.ts";

let people = 0;

/** Adults who are expected in Fresno today, booked the day before as the site books; the first comes for two services. */
export async function aPartyToday(
  app: TestApplication,
  hour: string,
  givenNames: readonly string[],
): Promise<BookingView> {
  const { services } = app;
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const wanted = { officeId: FRESNO, localDate: TODAY, startsAt: instantOf(TODAY, hour, FRESNO_ZONE) };
  const slugs = (i: number) =>
    (i === 0 ? ["pasaporte-adulto", "matricula-consular"] : ["matricula-consular"]) as ServiceSlug[];
  const applicants = givenNames.map((name, i) =>
    anApplicant((people += 1), { givenNames: name, firstSurname: "Inventada", services: slugs(i) }),
  );
  const booked = await book(
    { ...ctx, now: new Date(wanted.startsAt.getTime() - DAY_MS) },
    { contactId: contactId!, wanted, applicants },
  );
  if (!booked.ok) throw new Error(booked.refusal.code);
  return (await getBooking(ctx, contactId!, booked.value.bookingId))!;
}
