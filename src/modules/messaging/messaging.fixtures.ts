import { randomUUID } from "node:crypto";
import { folioFrom } from "#kernel/folio.ts";
import type { BookingId, ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { DAY_MS, localDateAt } from "#kernel/time.ts";
import { permissionsMissing, sheetsOf, type Parent } from "#modules/booking/index.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { dayKey, monthKey } from "#platform/keyring/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { enqueueForEvents } from "./commands/enqueue.ts";
import { sendDueMessages } from "./commands/send-due.ts";
import type { Mood, SenderUnderTest } from "./message-sender.contract.ts";
import type { Happening, MessageKind, MessageSender, RenderedMessage, SenderChannel, SendResult } from "./types.ts";

export function aMessage(changes: Partial<RenderedMessage> = {}): RenderedMessage {
  return {
    id: randomUUID(),
    to: "persona@example.org",
    subject: "Su cita del 3 de diciembre",
    text: "Su cita está confirmada.",
    kind: "confirmed",
    language: "es",
    ...changes,
  };
}

const ANSWERS: Readonly<Record<Mood, SendResult>> = {
  well: { ok: true },
  refuses_address: { ok: false, retry: false, code: "fake_refused" },
  busy: { ok: false, retry: true, code: "fake_busy" },
  hangs_up: { ok: false, retry: true, code: "fake_hung_up" },
  silent: { ok: false, retry: true, code: "fake_silent" },
};

/** A sender that keeps what it was given; `before` runs at each send and may make it wait. */
export function fakeSender(
  channel: SenderChannel,
  before: (message: RenderedMessage) => Promise<void> = async () => undefined,
): SenderUnderTest & { readonly sent: RenderedMessage[] } {
  let mood: Mood = "well";
  const sent: RenderedMessage[] = [];
  return {
    sent,
    sender: {
      channel,
      async send(message) {
        await before(message);
        if (mood === "well") sent.push(message);
        return ANSWERS[mood];
      },
    },
    be: (next) => {
      mood = next;
    },
    received: async () => sent,
  };
}

/** 10:00 in Los Angeles. */
export const NOW = new Date("2026-12-01T18:00:00Z");
export const ZONE = "America/Los_Angeles";
const OFFICE = "fresno" as OfficeId;
export const FOLIO = folioFrom(Buffer.from("a fictional folio"));

/** A database of its own with what the tests of the queue do to it. */
export interface Messaging {
  readonly services: TestServices;
  context(): Context;
  aBooking(options?: BookingOptions): Promise<Seeded>;
  enqueue(event: Happening): Promise<void>;
  send(...fakes: { readonly sender: MessageSender }[]): ReturnType<typeof sendDueMessages>;
  messages(): Promise<StoredMessage[]>;
  /** Forgets everybody and turns the clock back to `NOW`. */
  reset(): Promise<void>;
}

interface StoredMessage {
  id: string;
  kind: MessageKind;
  state: string;
  attempts: number;
  next_at: Date;
  error_code: string | null;
}

export async function openMessaging(): Promise<Messaging> {
  const services = await openTestServices({ now: NOW });
  const context = () => systemContext(services, "messaging.test");
  return {
    services,
    context,
    aBooking: (options) => aBooking(services, options),
    enqueue: (event) => services.database.transaction("worker", {}, (tx) => enqueueForEvents(tx, [event])),
    send: (...fakes) =>
      sendDueMessages(
        context(),
        fakes.map((one) => one.sender),
      ),
    messages: () => services.adminQuery<StoredMessage>("select * from messaging.messages order by created_at, kind"),
    async reset() {
      services.clock.set(NOW);
      await services.adminQuery(
        "truncate messaging.messages, messaging.reminder_days, booking.proposals, booking.bookings, booking.appointments, booking.applicants",
      );
    },
  };
}

let eventNumber = 0;

interface BookingOptions {
  readonly kind?: string;
  readonly address?: string;
  readonly startsAt?: Date;
  readonly changedAt?: Date;
  readonly fullMessage?: boolean;
  /** Makes the person a child who gets a passport. */
  readonly parents?: readonly Parent[];
}

interface Seeded {
  readonly bookingId: BookingId;
  readonly contactId: ContactId;
  event(name: string): Happening;
}

/** A contact whose address can be read at sending; a card has none. */
export async function aContact(services: TestServices, kind: string, address: string | undefined): Promise<ContactId> {
  const id = randomUUID() as ContactId;
  const [sealed] =
    address === undefined
      ? [null]
      : await services.keyring.seal([{ under: monthKey("2027-06"), field: "people.contact", row: id, plain: address }]);
  await services.adminQuery(
    "insert into people.contacts (id, kind, sealed, seal_ends, language, created_at, erase_after) values ($1, $2, $3, '2027-06-30', 'es', $4, '2027-06-30')",
    [id, kind, sealed, NOW],
  );
  return id;
}

async function aBooking(services: TestServices, options: BookingOptions = {}): Promise<Seeded> {
  const {
    kind = "email",
    startsAt = new Date("2026-12-03T18:30:00Z"),
    changedAt = new Date(NOW.getTime() - 10 * DAY_MS),
    fullMessage = false,
    parents = [],
  } = options;
  const contactId = await aContact(
    services,
    kind,
    kind === "card" ? undefined : (options.address ?? "persona@example.org"),
  );
  const bookingId = randomUUID() as BookingId;
  const applicantId = randomUUID();
  const day = localDateAt(startsAt, ZONE);
  const under = dayKey(OFFICE, day, "2027-01-31" as LocalDate);
  const person = {
    givenNames: "Itzel",
    firstSurname: "Canul",
    secondSurname: "",
    otherName: "",
    bornOn: parents.length > 0 ? "2019-01-01" : "1990-01-01",
    bornIn: "YN",
    sex: "M",
    curp: "",
    parents,
  };
  const [sealed, sealedPerson] = await services.keyring.seal([
    { under, field: "booking.booking", row: bookingId, plain: JSON.stringify({ folio: FOLIO, checklist: {} }) },
    { under, field: "booking.applicant", row: applicantId, plain: JSON.stringify(person) },
  ]);
  await services.adminQuery(
    `insert into booking.bookings (office_id, id, contact_id, folio_digest, local_date, starts_at, people, state, channel, language, full_message, sealed, created_at, changed_at, erase_after, permissions_missing)
     values ($1, $2, $3, '\\x00', $4, $5, 1, 'active', 'web', 'es', $6, $7, $8, $8, '2027-01-31', $9)`,
    [OFFICE, bookingId, contactId, day, startsAt, fullMessage, sealed, changedAt, permissionsMissing([{ parents }])],
  );
  await services.adminQuery(
    "insert into booking.applicants (id, booking_id, office_id, ordinal, sealed, erase_after) values ($1, $2, $3, 1, $4, '2027-01-31')",
    [applicantId, bookingId, OFFICE, sealedPerson],
  );
  await services.adminQuery(
    `insert into booking.appointments (office_id, id, booking_id, session_id, ordinal, service_group, services, local_date, starts_at, counter, steps, state)
     values ($1, $2, $3, $4, 1, 'documentacion', array[$7], $5, $6, 1, 1, 'booked')`,
    [
      OFFICE,
      randomUUID(),
      bookingId,
      randomUUID(),
      day,
      startsAt,
      parents.length > 0 ? "pasaporte-menor-3-a-17" : "pasaporte-adulto",
    ],
  );
  return {
    bookingId,
    contactId,
    event: (name) => ({
      id: String(++eventNumber),
      name,
      officeId: OFFICE,
      subjectId: bookingId,
      at: services.clock.now(),
      detail: { contactId, localDate: day, sheets: sheetsOf([{ parents }]) },
    }),
  };
}
