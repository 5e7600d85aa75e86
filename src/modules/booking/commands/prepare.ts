import { folioFrom } from "#kernel/folio.ts";
import type { AppointmentId, BookingId, ContactId, Folio } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import type { Arrangement } from "#modules/schedules/index.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { newId, randomBytes } from "#platform/random.ts";
import type { Context } from "#platform/context.ts";
import { idempotencyDigests } from "#platform/idempotency.ts";
import type { ClaimKey, ClaimRequest } from "../rules/claims.ts";
import { curpKeyText, nameKeyText } from "../rules/names.ts";
import { eraseAfterVisit, needsOf, type ServiceLookup } from "../rules/party.ts";
import { permissionsMissing, sheetsOf } from "../rules/permission.ts";
import type { ApplicantRequest, ChecklistAnswers, WantedTime } from "../types.ts";
import type { PreparedBooking } from "./book-many.ts";

export interface BookRequest {
  readonly contactId: ContactId;
  readonly wanted: WantedTime;
  readonly holdId?: string | undefined;
  /** `holdId` is what an office keeps for whoever it gave an urgent place to. */
  readonly kept?: boolean | undefined;
  /** A place that a draw gave this contact: its seats, under the request's id. */
  readonly offer?: { readonly requestId: RequestId; readonly seating: Arrangement } | undefined;
  readonly applicants: readonly ApplicantRequest[];
  readonly checklist?: ChecklistAnswers;
  readonly fullMessage?: boolean;
  /** Her situation is delicate: see `hideBooking`. */
  readonly delicate?: boolean;
  /** The caller's key for repeating the request, with the route that it belongs to and the request's canonical text. */
  readonly idempotency?: { readonly route: string; readonly key: string; readonly body: string } | undefined;
}

/** What is sealed beside a booking. */
export interface SealedBooking {
  readonly folio: Folio;
  readonly checklist: ChecklistAnswers;
}

/** Gives ids, seals what is personal and digests the keys: everything that needs no lock. */
export async function prepare(ctx: Context, request: BookRequest, service: ServiceLookup): Promise<PreparedBooking> {
  const { applicants, wanted, contactId } = request;
  const bookingId = newId<BookingId>();
  const folio = folioFrom(randomBytes(12));
  const eraseAfter = eraseAfterVisit(wanted.localDate);
  const under = dayKey(wanted.officeId, wanted.localDate, eraseAfter);
  const applicantIds = applicants.map(() => newId<string>());
  const sealedBooking: SealedBooking = { folio, checklist: request.checklist ?? {} };
  const needs = needsOf(applicants, service);
  const members = needs.map(({ ordinal, group }) => ({
    ordinal,
    group,
    appointmentId: newId<AppointmentId>(),
    services: applicants[ordinal - 1]!.services.filter((slug) => service(slug)?.group === group),
  }));

  const [sealed, claims, [folioDigests], [subject], idempotency] = await Promise.all([
    ctx.keyring.seal([
      { under, field: "booking.booking", row: bookingId, plain: JSON.stringify(sealedBooking) },
      ...applicants.map(({ services: _, ...details }, i) => ({
        under,
        field: "booking.applicant" as const,
        row: applicantIds[i]!,
        plain: JSON.stringify(details),
      })),
    ]),
    claimsOf(ctx, applicants, members, service),
    ctx.keyring.digest("folio", [folio]),
    ctx.keyring.digest("subject", [bookingId]),
    request.idempotency && idempotencyDigests(ctx.keyring, request.idempotency),
  ]);

  return {
    bookingId,
    contactId,
    officeId: wanted.officeId,
    people: applicants.length,
    holdId: request.offer?.requestId ?? request.holdId,
    kept: request.kept,
    assisted: ctx.actor.kind === "staff",
    seating: request.offer?.seating,
    startsAt: wanted.startsAt.getTime(),
    specialDayId: wanted.specialDayId,
    needs,
    claims,
    members,
    booking: {
      officeId: wanted.officeId,
      id: bookingId,
      contactId,
      folioDigest: folioDigests![0]!.digest,
      localDate: wanted.localDate,
      people: applicants.length,
      permissionsMissing: permissionsMissing(applicants),
      sheets: sheetsOf(applicants),
      channel: ctx.channel,
      language: ctx.language,
      fullMessage: request.fullMessage ?? false,
      delicate: request.delicate ?? false,
      filedIn: (ctx.actor.kind === "citizen" ? ctx.actor.sessionId : undefined) ?? null,
      sealed: sealed[0]!,
      createdAt: ctx.now,
      eraseAfter,
    },
    applicants: applicantIds.map((id, i) => ({
      id,
      bookingId,
      officeId: wanted.officeId,
      ordinal: i + 1,
      sealed: sealed[i + 1]!,
      eraseAfter,
    })),
    idempotency: request.idempotency && idempotency && { route: request.idempotency.route, ...idempotency },
    actor: ctx.actor,
    channel: ctx.channel,
    purpose: ctx.purpose,
    subject: subject![0]!.digest,
    now: ctx.now,
  };
}

/** A claim per person and scope, with every key of the person in every live version. */
export async function claimsOf(
  ctx: Pick<Context, "keyring">,
  applicants: readonly ApplicantRequest[],
  members: readonly { ordinal: number; group: string; appointmentId: AppointmentId }[],
  service: ServiceLookup,
): Promise<ClaimRequest[]> {
  const curps = applicants.map(curpKeyText);
  const [names, curpDigests] = await Promise.all([
    ctx.keyring.digest("claim.name", applicants.map(nameKeyText)),
    ctx.keyring.digest(
      "claim.curp",
      curps.map((curp) => curp ?? ""),
    ),
  ]);
  return applicants.flatMap((applicant, i) => {
    const curp = curps[i] === undefined ? [] : curpDigests[i]!;
    const keys: ClaimKey[] = [
      ...names[i]!.map(({ version, digest }) => ({ key: digest, kind: "name" as const, version })),
      ...curp.map(({ version, digest }) => ({ key: digest, kind: "curp" as const, version })),
    ];
    return applicant.services.map((slug) => {
      const facts = service(slug)!;
      const member = members.find((one) => one.ordinal === i + 1 && one.group === facts.group)!;
      return {
        ordinal: i + 1,
        scope: facts.claimScope,
        appointmentId: member.appointmentId,
        keys,
        curpKey: curp[0]?.digest,
      };
    });
  });
}
