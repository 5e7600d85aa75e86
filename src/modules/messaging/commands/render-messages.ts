import { folioTail } from "#kernel/folio.ts";
import type { BookingId } from "#kernel/ids.ts";
import { daysBetween, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import {
  firstSigningDay,
  isPermissionMissing,
  permissionsMissing,
  sheetToken,
  type BookingView,
} from "#modules/booking/index.ts";
import { absentParentOf } from "#modules/offices/index.ts";
import { contactAddress, listCodesToSend, type CodeToSend, type ContactAddress } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { isReminder, lapseToldAt, nextDecentInstant, reminderSequence } from "../rules/reminders.ts";
import { renderCode, renderNotice, renderSheet } from "../rules/render.ts";
import { MOST_SHEETS, sheetOf, sheetSequence } from "../rules/sheets.ts";
import { countSheetsSent } from "../store.ts";
import type { ClaimedMessage } from "../store.ts";
import type { BookingMessageKind } from "../types.ts";
import { linkToken } from "./link-token.ts";
import { actedRendering } from "./render-acted.ts";
import { answeredRendering } from "./render-answered.ts";
import { dayRendering } from "./render-day.ts";
import { joinedRendering } from "./render-joined.ts";
import { readyRendering } from "./render-ready.ts";
import { requestRendering } from "./render-request.ts";
import { thanksRendering } from "./render-thanks.ts";
import { bookingOf, HEADERS, reachOf, wordsOf, type Reach, type Rendering } from "./rendering.ts";

/** Puts rows into words at the instant of sending; what was true when they were queued may no longer be. */
export async function renderMessages(ctx: Context, messages: readonly ClaimedMessage[]): Promise<Promise<Rendering>[]> {
  const codeIds = messages.filter((one) => one.kind === "code").map((one) => one.subjectId);
  const [addresses, codes] = await Promise.all([
    contactAddress(ctx, [...new Set(messages.map((one) => one.contactId))]),
    codeIds.length > 0 ? listCodesToSend(ctx, codeIds) : [],
  ]);
  const codeById = new Map(codes.map((code) => [code.codeId, code]));
  return messages.map(async (message): Promise<Rendering> => {
    const contact = addresses.get(message.contactId);
    const rendering = await renderOne(message, contact);
    const isHers = "message" in rendering && contact?.kind === "whatsapp" && rendering.message.to === contact.address;
    return isHers && !message.notWhatsapp && message.kind !== "code" ? { ...rendering, before: "whatsapp" } : rendering;
  });

  function renderOne(message: ClaimedMessage, contact: ContactAddress | undefined): Promise<Rendering> {
    if (message.kind === "code")
      return Promise.resolve(codeRendering(ctx, message.id, codeById.get(message.subjectId), contact));
    if (message.kind === "permission_sheet") return sheetRendering(ctx, message);
    const reach = reachOf(contact);
    if ("dropped" in reach) return Promise.resolve(reach);
    switch (message.kind) {
      case "request_filed":
      case "request_offered":
      case "request_waiting":
      case "request_identity":
        return requestRendering(ctx, { ...message, kind: message.kind }, reach);
      case "day_suspended":
      case "day_resumed":
      case "day_hour":
        return dayRendering(ctx, { ...message, kind: message.kind }, reach);
      case "notice_answered":
        return answeredRendering(ctx, message, reach);
      case "contact_joined":
        return joinedRendering(ctx, message, reach);
      case "staff_acted":
        return actedRendering(ctx, message, reach);
      case "documents_ready":
        return readyRendering(ctx, message, reach);
      case "thanks":
        return thanksRendering(ctx, message, reach);
      default:
        return bookingRendering(ctx, { ...message, kind: message.kind }, reach);
    }
  }
}

function codeRendering(
  ctx: Context,
  id: string,
  code: CodeToSend | undefined,
  contact: ContactAddress | undefined,
): Rendering {
  if (!code) return { dropped: "expired" };
  if (contact?.address === undefined) return { dropped: "no_address" };
  const { language, digits, kind: channel } = code;
  const minutes = Math.max(1, Math.floor((code.expiresAt.getTime() - ctx.now.getTime()) / MINUTE_MS));
  const wording = renderCode(channel, { language, digits, minutes, origin: ctx.publicOrigin });
  return { channel, message: { ...wording, id, to: contact.address, kind: "code", language, headers: HEADERS } };
}

async function bookingRendering(
  ctx: Context,
  row: ClaimedMessage & { readonly kind: BookingMessageKind },
  { channel, to }: Reach,
): Promise<Rendering> {
  const found = await bookingOf(ctx, row);
  if (!found) return { dropped: "erased" };
  const { booking, office, network } = found;
  if (isOutdated(row, booking)) return { dropped: "outdated" };
  // What came of an appeal is news also when the hour has passed.
  const isNews = row.kind === "appeal_won" || row.kind === "case_ended";
  if (booking.startsAt.getTime() <= ctx.now.getTime() && !isNews) return { dropped: "too_late" };
  if (isReminder(row.kind) || row.kind === "lapsed") {
    const earliest = row.kind === "lapsed" ? lapseToldAt(row.queuedAt, booking.startsAt, office.zone) : ctx.now;
    const waitUntil = nextDecentInstant(earliest > ctx.now ? earliest : ctx.now, office.zone);
    if (waitUntil > ctx.now) return { waitUntil };
  }

  const { language } = booking;
  // Where only a part lapsed the rest stands, as after any other change.
  const kind = kindNow(row.kind, booking);
  const link = `${ctx.publicOrigin}/c/${await linkToken(ctx, booking.id)}`;
  const wording = wordsOf(channel, booking, ctx.publicOrigin, () =>
    renderNotice(channel, {
      kind,
      language,
      startsAt: booking.startsAt,
      zone: office.zone,
      city: booking.specialDay?.venue?.city ?? office.shortName[language],
      venue: booking.specialDay?.venue ?? undefined,
      folioTail: folioTail(booking.folio),
      link,
      origin: ctx.publicOrigin,
      daysLeft: daysBetween(localDateAt(ctx.now, office.zone), booking.localDate),
      people:
        booking.fullMessage && booking.state === "active" && row.kind !== "cancelled" && row.kind !== "lapsed"
          ? peopleOf(booking, (slug) => network.serviceBySlug.get(slug)?.name[language] ?? slug)
          : undefined,
    }),
  );
  return {
    channel,
    message: { ...wording, id: row.id, to, kind, language, headers: HEADERS },
  };
}

/** The sheet for an absent parent, to the address that the family gave: she did nothing of her own, so that she is not woken for it either. */
async function sheetRendering(ctx: Context, row: ClaimedMessage): Promise<Rendering> {
  const sheet = sheetOf(row.sequence);
  const [found, token] = await Promise.all([
    bookingOf(ctx, row),
    sheetToken(ctx, row.subjectId as BookingId, sheet.ordinal),
  ]);
  if (!found || token === undefined) return { dropped: "erased" };
  const { booking, office, network } = found;
  // Whoever is feared may be that parent.
  if (booking.delicate) return { dropped: "delicate" };
  const parent = booking.applicants[sheet.ordinal - 1]?.parents[sheet.parent - 1];
  const stands = booking.state === "active" && row.sequence === sheetSequence(booking.localDate, sheet);
  if (!stands || !parent || !isPermissionMissing(parent)) return { dropped: "outdated" };
  if (booking.startsAt <= ctx.now) return { dropped: "too_late" };
  if (!parent.sheetTo) return { dropped: "no_address" };
  const services = booking.appointments
    .filter((one) => one.ordinal === sheet.ordinal)
    .flatMap((one) => one.services)
    .flatMap((slug) => network.serviceBySlug.get(slug) ?? []);
  const permission = absentParentOf(services)?.permission;
  if (!permission) return { dropped: "no_sheet" };
  const waitUntil = nextDecentInstant(ctx.now, office.zone);
  if (waitUntil > ctx.now) return { waitUntil };
  const sent = await transaction(ctx, "worker", (tx) => countSheetsSent(tx, booking.id, row.sequence));
  if (sent >= MOST_SHEETS) return { dropped: "enough" };

  const { language } = booking;
  const wording = renderSheet(parent.sheetTo.kind, {
    language,
    form: permission.form,
    free: permission.fee === 0 && !permission.appointmentRequired,
    validDays: permission.validDays,
    from: firstSigningDay(booking.localDate),
    where: permission.where[language],
    link: `${ctx.publicOrigin}/h/${token}`,
    origin: ctx.publicOrigin,
  });
  return {
    channel: parent.sheetTo.kind,
    message: { ...wording, id: row.id, to: parent.sheetTo.address, kind: row.kind, language, headers: HEADERS },
  };
}

/** What is so at the instant of sending: nobody is reminded of an hour at which nobody will be there. */
function kindNow(kind: BookingMessageKind, { state, displaced }: BookingView): BookingMessageKind {
  if (state !== "active" || kind === "jornada_suspended") return kind;
  if (displaced) return "displaced";
  return kind === "lapsed" ? "moved" : kind;
}

/** What the row would say is no longer so: another message says what is. */
function isOutdated(row: ClaimedMessage & { readonly kind: BookingMessageKind }, booking: BookingView): boolean {
  if (row.kind === "cancelled" || row.kind === "case_ended" || row.kind === "appeal_won")
    return booking.state !== "cancelled";
  if (row.kind === "lapsed") return booking.state !== "lapsed" && booking.state !== "active";
  if (booking.state !== "active") return true;
  // Its day has neither date nor place now: nobody is told to come, and that it changes is told by another message.
  if (booking.specialDay?.suspended && (isReminder(row.kind) || row.kind === "confirmed" || row.kind === "moved"))
    return true;
  if (row.kind === "jornada_moved" && booking.specialDay?.suspended) return true;
  if (row.kind === "jornada_suspended") return !booking.specialDay?.suspended;
  if (row.kind === "displaced") return !booking.displaced;
  if (row.kind === "restored") return booking.displaced;
  if (row.kind === "permission_5" && permissionsMissing(booking.applicants) === 0) return true;
  return isReminder(row.kind) && row.sequence !== reminderSequence(booking.localDate);
}

function peopleOf(booking: BookingView, nameOf: (slug: string) => string): { name: string; services: string[] }[] {
  return booking.applicants.map((person, i) => ({
    name: [person.givenNames, person.firstSurname, person.secondSurname].filter((part) => part !== "").join(" "),
    services: booking.appointments.filter((one) => one.ordinal === i + 1).flatMap((one) => one.services.map(nameOf)),
  }));
}
