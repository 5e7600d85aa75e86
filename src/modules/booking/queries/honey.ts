import type { BookingId, Folio, LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork, type ChecklistQuestion } from "#modules/offices/index.ts";
import type { Context, Tx } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { honeyOpened } from "../events.ts";
import { honeyAppointment, honeyPerson, honeyStands, type Honey } from "../rules/honey.ts";
import { findHoney } from "../store/honey.ts";
import type { AppointmentOfParty, PartyOfDay } from "./day.ts";
import type { FoundBooking, PartyFile } from "./file.ts";

/** Whoever stands on the office's list now and does not exist. */
export async function standingHoney(
  tx: Tx,
  officeId: OfficeId,
  today: LocalDate,
  now: Date,
): Promise<Honey | undefined> {
  const honey = await findHoney(tx, officeId, today);
  return honey && honeyStands(honey, today, now) ? honey : undefined;
}

/** Tells those who ask why, whatever of her was asked for. The line of the audit log is that of any file. */
export async function noteOpened(ctx: Context, tx: Tx, officeId: OfficeId, honey: Pick<Honey, "id">): Promise<void> {
  if (ctx.actor.kind !== "staff") return;
  await insertEvents(tx, [honeyOpened(honey, { staffId: ctx.actor.staffId as StaffId, officeId }, ctx.now)]);
}

/** What a look for a folio or an id finds of her: as much as of anybody. Undefined for whoever exists. */
export async function findNobody(
  ctx: Context,
  tx: Tx,
  officeId: OfficeId,
  by: { readonly folio: Folio } | { readonly id: BookingId },
): Promise<FoundBooking | undefined> {
  const { officeById } = await getNetwork(ctx);
  const honey = await standingHoney(tx, officeId, localDateAt(ctx.now, officeById.get(officeId)!.zone), ctx.now);
  if (!honey || ("id" in by ? honey.id !== by.id : honeyPerson(honey).folio !== by.folio)) return undefined;
  await noteOpened(ctx, tx, officeId, honey);
  const { id: bookingId, localDate, startsAt } = honey;
  return { bookingId, localDate, startsAt, state: "active" };
}

/** Her file, in the shape of any. */
export function fileOfNobody(honey: Honey, questions: readonly ChecklistQuestion[]): PartyFile {
  const { folio, person } = honeyPerson(honey);
  const asked = questions.filter((one) => one.services.some((slug) => honey.services.includes(slug)));
  return {
    bookingId: honey.id,
    localDate: honey.localDate,
    startsAt: honey.startsAt,
    state: "active",
    channel: "web",
    language: "es",
    createdAt: honey.filedAt,
    folio,
    appointments: [appointmentOf(honey)],
    visit: undefined,
    people: [{ ...person, ordinal: 1, child: false }],
    checklist: asked.map(({ id, good }) => ({ id, answer: good, flagged: false })),
  };
}

function appointmentOf(honey: Honey): AppointmentOfParty {
  const { id: bookingId, serviceGroup, services, startsAt } = honey;
  return {
    id: honeyAppointment(honey),
    bookingId,
    ordinal: 1,
    serviceGroup,
    services,
    startsAt,
    state: "booked",
    outcomes: [],
  };
}

/** Her line of the day's list. */
export function partyOfNobody(honey: Honey): PartyOfDay {
  const { folioTail, person } = honeyPerson(honey);
  const { givenNames, firstSurname, secondSurname } = person;
  return {
    bookingId: honey.id,
    folioTail,
    startsAt: honey.startsAt,
    state: "active",
    visit: undefined,
    people: [{ ordinal: 1, givenNames, firstSurname, secondSurname, child: false }],
    appointments: [appointmentOf(honey)],
    flags: [],
    permission: undefined,
  };
}
