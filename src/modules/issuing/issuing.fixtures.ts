import type { BookingId, ContactId } from "#kernel/ids.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { checkIn } from "#modules/visits/index.ts";
import { aBooking, goToVisit } from "#modules/visits/visits.fixtures.ts";
import type { Context } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { anApplicant } from "#tests/support/fixtures.ts";
import type { DocumentAtCashier } from "./commands/party.ts";

/** A family that was received on its day: a person for each entry, with what she comes for and when she was born. */
export async function aReceivedParty(
  services: TestServices,
  clerk: () => Context,
  { contactId, wanted }: { contactId: ContactId; wanted: WantedTime },
  people: readonly Parameters<typeof anApplicant>[1][],
  number: number,
): Promise<BookingId> {
  services.clock.set(new Date(wanted.startsAt.getTime() - 7 * 24 * 3_600_000));
  const bookingId = await aBooking(
    services,
    contactId,
    wanted,
    people.map((one, i) => anApplicant(number * 10 + i, one)),
  );
  goToVisit(services, wanted);
  const received = await checkIn(clerk(), { bookingId });
  if (!received.ok) throw new Error(received.refusal.code);
  return bookingId;
}

/** The document as a screen sends it back. */
export function seen({ id, version }: Pick<DocumentAtCashier, "id" | "version">) {
  return { id, version };
}

/** The first offer of each, as the screen proposes it. */
export function asOffered(documents: readonly DocumentAtCashier[]) {
  return documents.map(({ id, version, variant }) => ({
    id,
    version,
    choice: { variant, proofs: [], copies: 0 },
  }));
}
