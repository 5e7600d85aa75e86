import { formatFolio } from "#kernel/folio.ts";
import type { BookingId, ServiceSlug } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getDrawsAhead, getDrawnGroups } from "#modules/allocation/index.ts";
import {
  acceptOffer,
  book,
  cancelBooking,
  decline,
  findOwnByBirth,
  getBooking,
  getBookingByFolio,
  getOwnRequest,
  getRequestByNumber,
  moveBookingTo,
  needsOf,
  requestNumber,
  requestPlaces,
  viewTimes,
  withdraw,
  type ApplicantRequest,
  type BookingView,
  type RequestView,
} from "#modules/booking/index.ts";
import { findPlaces, getNetwork, nearestOffices } from "#modules/offices/index.ts";
import { BANDS, isAskable, listDays, nextReleaseTick, type Availability } from "#modules/schedules/index.ts";
import type { Context } from "#platform/context.ts";
import type { Effect, OwnItem, Result } from "../types.ts";
import type { Proven } from "./identity.ts";

/** What a conversation looks at beside the database: the picture of free days that everybody sees. */
export interface Desk {
  availability(): Availability;
}

/** Offices that are named as near: a short list that can be read aloud. */
const MOST_NEAR = 5;
const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** A party whose draw was filed twice by one message is one request. */
const ROUTE = "conversation";

/** Effects of a person who has proved her address; the others ask for nobody. */
export type OwnEffect = Extract<
  Effect,
  { do: "times" | "book" | "request" | "open" | "openBorn" | "cancel" | "move" | "accept" | "decline" | "withdraw" }
>;
export type OpenEffect = Extract<Effect, { do: "near" | "days" | "releases" }>;

/** What everybody may ask. */
export async function performOpen(ctx: Context, desk: Desk, effect: OpenEffect): Promise<Result> {
  const network = await getNetwork(ctx);
  switch (effect.do) {
    case "near": {
      const [point] = findPlaces(effect.query);
      if (!point) return { kind: "near", offices: [], label: "" };
      const near = nearestOffices(network, point, MOST_NEAR, localDateAt(ctx.now, "UTC"));
      return { kind: "near", offices: near.map(({ office }) => office.id), label: point.label };
    }
    case "days": {
      const groups = [
        ...new Set(effect.services.flat().flatMap((slug) => network.serviceBySlug.get(slug)?.group ?? [])),
      ];
      const open = listDays(desk.availability(), effect.officeId, groups).filter(({ level }) => level !== "none");
      const askable = open.length === 0 && isAskable(await getDrawnGroups(ctx), effect.officeId, groups);
      return { kind: "days", dates: open.map(({ date }) => date), drawn: askable };
    }
    case "releases": {
      const draws = (await getDrawsAhead(ctx)).filter(({ first }) => first.locksAt > ctx.now);
      const drawn = (await getDrawnGroups(ctx)).has(effect.officeId);
      return {
        kind: "releases",
        ticks: [nextReleaseTick(ctx.now).toISOString()],
        draws: drawn ? draws.map(({ first }) => first.locksAt.toISOString()) : [],
      };
    }
  }
}

/** What a person may do with her own, by the commands of every other channel: the same rules and the same refusals. */
export async function performOwn(
  ctx: Context,
  { contactId }: Proven,
  effect: OwnEffect,
  messageId: string,
): Promise<Result> {
  const refused = (refusal: { readonly code: string }): Result => ({ kind: "refused", code: refusal.code });
  switch (effect.do) {
    case "times": {
      const { officeId, date: localDate, services } = effect;
      const needs = needsOf(partyOf(services), await lookupOf(ctx));
      const seen = await viewTimes(ctx, contactId, { officeId, localDate, needs });
      return seen.ok
        ? { kind: "times", starts: seen.value.map(({ startsAt }) => startsAt.toISOString()) }
        : refused(seen.refusal);
    }
    case "book": {
      const { wanted, people: applicants } = effect;
      const idempotency = { route: ROUTE, key: messageId, body: JSON.stringify(effect) };
      const booked = await book(ctx, { contactId, wanted: atInstant(wanted), applicants, idempotency });
      if (!booked.ok) return refused(booked.refusal);
      const view = await getBooking(ctx, contactId, booked.value.bookingId);
      return { kind: "booked", number: view ? formatFolio(view.folio) : "" };
    }
    case "request": {
      const wish = {
        offices: [effect.officeId],
        weekdays: WEEK,
        bands: BANDS,
        from: localDateAt(ctx.now, "UTC"),
        to: null,
        first: "day" as const,
        orElse: [],
      };
      const autoConfirm = !effect.asksFirst;
      const filed = await requestPlaces(ctx, { contactId, applicants: effect.people, wish, autoConfirm });
      // The same message worked on a second time: what it filed stands.
      if (!filed.ok && filed.refusal.code === "already_filed")
        return { kind: "filed", number: formatFolio(requestNumber(filed.refusal.requestId)), resultAt: null };
      if (!filed.ok) return refused(filed.refusal);
      const request = await getOwnRequest(ctx, filed.value.requestId);
      const draw = request?.draws.find(({ drawId }) => drawId === filed.value.drawId);
      const number = formatFolio(requestNumber(filed.value.requestId));
      return { kind: "filed", number, resultAt: draw ? draw.drawsAt.toISOString() : null };
    }
    case "open": {
      const booking = await getBookingByFolio(ctx, contactId, effect.folio);
      if (booking) return { kind: "own", items: itemsOfBooking(booking) };
      const request = await getRequestByNumber(ctx, effect.folio);
      return { kind: "own", items: request ? itemsOfRequest(request) : [] };
    }
    case "openBorn": {
      const found = await findOwnByBirth(ctx, contactId, effect.bornOn);
      if (!found.ok) return refused(found.refusal);
      const bookings = await Promise.all(found.value.bookings.map((id) => getBooking(ctx, contactId, id)));
      const requests = await Promise.all(found.value.requests.map((id) => getOwnRequest(ctx, id)));
      const items = [
        ...requests.flatMap((one) => (one ? itemsOfRequest(one) : [])),
        ...bookings.flatMap((one) => (one ? itemsOfBooking(one) : [])),
      ];
      return { kind: "own", items };
    }
    case "cancel": {
      const outcome = await cancelBooking(ctx, { contactId, bookingId: effect.id });
      return outcome.ok ? { kind: "done" } : refused(outcome.refusal);
    }
    case "move": {
      const outcome = await moveBookingTo(ctx, { contactId, bookingId: effect.id, wanted: atInstant(effect.wanted) });
      return outcome.ok ? { kind: "done" } : refused(outcome.refusal);
    }
    case "accept":
    case "decline":
    case "withdraw": {
      const act = { accept: acceptOffer, decline, withdraw }[effect.do];
      const outcome = await act(ctx, effect.id, contactId);
      return outcome.ok ? { kind: "done" } : refused(outcome.refusal);
    }
  }
}

/** What was kept as text between two messages is an instant again. */
function atInstant<T extends { readonly startsAt: Date }>(wanted: T): T {
  return { ...wanted, startsAt: new Date(wanted.startsAt) };
}

async function lookupOf(ctx: Context) {
  const { serviceBySlug } = await getNetwork(ctx);
  return (slug: ServiceSlug) => serviceBySlug.get(slug);
}

/** For what is asked of times only the services count. */
function partyOf(services: readonly (readonly ServiceSlug[])[]): ApplicantRequest[] {
  return services.map((own) => ({ services: own }) as ApplicantRequest);
}

function itemsOfBooking(view: BookingView): OwnItem[] {
  if (view.state !== "active") return [];
  const services = view.applicants.map((_, i) =>
    view.appointments.filter(({ ordinal }) => ordinal === i + 1).flatMap((one) => one.services),
  );
  return [
    {
      kind: "booking",
      id: view.id satisfies BookingId,
      number: formatFolio(view.folio),
      officeId: view.officeId,
      startsAt: view.startsAt.toISOString(),
      offered: false,
      people: view.applicants.length,
      services,
    },
  ];
}

function itemsOfRequest(view: RequestView): OwnItem[] {
  if (view.state !== "standing" && view.state !== "offered") return [];
  const offer = view.draws.find(({ answer }) => answer === "offered");
  const officeId = offer?.officeId ?? view.wish.offices[0];
  const at = offer?.seating && Math.min(...offer.seating.map((one) => one.startsAt));
  if (!officeId) return [];
  return [
    {
      kind: "request",
      id: view.id,
      number: formatFolio(view.number),
      officeId,
      startsAt: at ? new Date(at).toISOString() : null,
      offered: view.state === "offered" && Boolean(at),
      people: view.applicants.length,
      services: view.applicants.map((one) => one.services),
    },
  ];
}
