import type { BookingId, ContactId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import {
  changeRequest as rewrite,
  declineOffer,
  eraseOwnRequest,
  DRAW_ZONE,
  fileRequest,
  getOpenDraw,
  keepForBetter,
  optionsOf,
  tierOfParty,
  withdrawRequest,
  type EraseRequestRefusal,
  type Filed,
  type FileRefusal,
  type PersonKey,
  type Prepared,
  type RequestId,
  type Wish,
  type Withdrawn,
} from "#modules/allocation/index.ts";
import { isIdentified, remedyOf } from "#modules/integrity/index.ts";
import { contactAddress } from "#modules/people/index.ts";
import { monthKey } from "#platform/keyring/index.ts";

export type { Declaration } from "../rules/requests.ts";

import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { curpKeyText, nameKeyText } from "../rules/names.ts";
import { MOST_PEOPLE_ONLINE, needsOf, refuseParty, type ServiceLookup } from "../rules/party.ts";
import { contactClassOf, countedDomain, tiersOf, type Declaration } from "../rules/requests.ts";
import { contactSoFar, findOwnClaims } from "../store/requests.ts";
import { suspendedUntil } from "../queries/suspension.ts";
import type { ApplicantRequest, BookingRefusal, ChecklistAnswers, ContactSuspended } from "../types.ts";
import { inOrder, serviceLookup } from "./bookings.ts";
import { rememberOpened } from "./opened.ts";

/** Days for which a request stands before it is asked for anew; then it is erased with its people. */
export const REQUEST_DAYS = 180;

/** What a household asks for: who, what, and three answers about where and when. */
export interface PlacesRequest {
  readonly contactId: ContactId;
  readonly applicants: readonly ApplicantRequest[];
  readonly wish: Wish;
  readonly declared?: readonly Declaration[];
  /** "If I get one of the places I asked for, it is confirmed without asking me again." */
  readonly autoConfirm: boolean;
  readonly shortNotice?: boolean;
  /** Her situation is delicate: see `hideBooking`. What was said once stands. */
  readonly delicate?: boolean;
  readonly checklist?: ChecklistAnswers;
}

/** What is sealed of a request. */
export interface SealedRequest {
  readonly applicants: readonly ApplicantRequest[];
  readonly wish: Wish;
  readonly declared: readonly Declaration[];
  readonly checklist: ChecklistAnswers;
}

export type RequestRefusal = FileRefusal | ContactSuspended | Extract<BookingRefusal, { readonly ordinal: number }>;

/** Files a request in the open draw; answers alike whoever else filed for the same people. */
export async function requestPlaces(ctx: Context, request: PlacesRequest): Promise<Outcome<Filed, RequestRefusal>> {
  const closed = await suspendedUntil(ctx, request.contactId);
  if (closed) return refuse({ code: "contact_suspended", until: closed });
  const id = newId<RequestId>();
  const prepared = await prepareRequest(ctx, id, request);
  if (!prepared.ok) return prepared;
  // Before it is there: whoever dies in between has opened nothing.
  await rememberOpened(ctx, [id]);
  return fileRequest(ctx, id, prepared.value, MOST_PEOPLE_ONLINE);
}

/** Writes an own request anew before the lock. */
export async function changeRequest(
  ctx: Context,
  id: RequestId,
  request: PlacesRequest,
): Promise<Outcome<Filed, RequestRefusal>> {
  const prepared = await prepareRequest(ctx, id, request);
  return prepared.ok ? rewrite(ctx, id, prepared.value) : prepared;
}

export async function withdraw(
  ctx: Context,
  id: RequestId,
  contactId: ContactId,
): Promise<Outcome<Withdrawn, { readonly code: "unknown_request" }>> {
  return withdrawRequest(ctx, { id, contactId, subject: await subjectOf(ctx, id) });
}

/** Erases what a request of this contact says of its people; one that stands is withdrawn with it. */
export async function eraseRequest(
  ctx: Context,
  id: RequestId,
  contactId: ContactId,
): Promise<Outcome<undefined, EraseRequestRefusal>> {
  return eraseOwnRequest(ctx, { id, contactId, subject: await subjectOf(ctx, id) });
}

/** A no to an offer: the request stands again in the next draw. */
export async function decline(
  ctx: Context,
  id: RequestId,
  contactId: ContactId,
): Promise<Outcome<{ readonly again: true }, { readonly code: "unknown_request" }>> {
  return declineOffer(ctx, { id, contactId, subject: await subjectOf(ctx, id) });
}

/** A yes that waits for the second round: she keeps the place unless one that she ranked before it comes free. */
export async function keepForBetterPlace(
  ctx: Context,
  id: RequestId,
  contactId: ContactId,
): Promise<Outcome<{ readonly kept: true }, { readonly code: "unknown_request" | "no_better" }>> {
  return keepForBetter(ctx, { id, contactId, subject: await subjectOf(ctx, id) });
}

async function prepareRequest(
  ctx: Context,
  id: RequestId,
  request: PlacesRequest,
): Promise<Outcome<Prepared, RequestRefusal>> {
  const draw = await getOpenDraw(ctx);
  if (!draw) return refuse({ code: "no_draw" });
  const service = await serviceLookup(ctx);
  // A party must be right on whichever day it gets: somebody may come of age between the first and the last.
  for (const day of [draw.horizonFrom, draw.horizonTo]) {
    const refusal = refuseParty(request.applicants, service, day);
    if (refusal) return refuse(refusal as RequestRefusal);
  }
  const applicants = await inOrder(ctx, request.applicants);
  const declared = request.declared ?? [];
  const eraseAfter = addDays(localDateAt(ctx.now, "UTC"), REQUEST_DAYS);
  const content: SealedRequest = { applicants, wish: request.wish, declared, checklist: request.checklist ?? {} };
  const [addresses, identified, soFar, keys, subject, [sealed]] = await Promise.all([
    contactAddress(ctx, [request.contactId]),
    isIdentified(
      ctx,
      request.contactId,
      applicants.map((one) => ({ ...one, curp: curpKeyText(one) ?? "" })),
    ),
    transaction(ctx, "citizen_reader", (tx) => contactSoFar(tx, request.contactId)),
    keysOf(ctx, applicants),
    subjectOf(ctx, id),
    ctx.keyring.seal([
      {
        under: monthKey(eraseAfter.slice(0, 7)),
        field: "allocation.request",
        row: id,
        plain: JSON.stringify(content),
      },
    ]),
  ]);
  if (soFar.people + applicants.length > MOST_PEOPLE_ONLINE)
    return refuse({ code: "too_many_people", most: MOST_PEOPLE_ONLINE });
  const booked = await findOwnBooking(ctx, request.contactId, applicants, keys, service);
  if (booked) return refuse({ code: "already_booked", ...booked });
  const contact = addresses.get(request.contactId);
  const domain = countedDomain(contact?.address);
  const remedy = await remedyOf(ctx, request.contactId, identified);
  const tier = tierOfParty(tiersOf(applicants, declared, localDateAt(draw.locksAt, DRAW_ZONE)));
  const [domains] = await ctx.keyring.digest("domain", [domain ?? ""]);
  return accept({
    contactId: request.contactId,
    people: applicants.length,
    tier: remedy !== undefined && remedy < tier ? remedy : tier,
    contactClass: contactClassOf(contact?.kind ?? "card", soFar.served, identified),
    domain: domain === undefined ? "" : domains!.at(-1)!.digest.toString("hex"),
    autoConfirm: request.autoConfirm,
    shortNotice: request.shortNotice ?? false,
    delicate: request.delicate ?? false,
    needs: needsOf(applicants, service),
    options: optionsOf(request.wish),
    channel: ctx.channel,
    language: ctx.language,
    sealed: sealed!,
    eraseAfter,
    keys,
    subject,
  });
}

/** Digests of each person's name, and of her CURP when she gave one, under every live version of the keys. */
export async function keysOf(
  ctx: Pick<Context, "keyring">,
  applicants: readonly ApplicantRequest[],
): Promise<PersonKey[]> {
  const [names, curps] = await Promise.all([
    ctx.keyring.digest("claim.name", applicants.map(nameKeyText)),
    ctx.keyring.digest(
      "claim.curp",
      applicants.map((one) => curpKeyText(one) ?? ""),
    ),
  ]);
  return applicants.flatMap((one, i) => {
    // The two keys rotate together; a person without a CURP has none under any version.
    const curpOf = (version: number) => (curps[i]!.find((other) => other.version === version) ?? curps[i]![0]!).digest;
    const given = curpKeyText(one) !== undefined;
    return names[i]!.map(({ version, digest }) => ({
      ordinal: i + 1,
      version,
      name: digest,
      curp: given ? curpOf(version) : undefined,
    }));
  });
}

/** The contact's own appointment for one of these people and services, if it has one. */
async function findOwnBooking(
  ctx: Context,
  contactId: ContactId,
  applicants: readonly ApplicantRequest[],
  keys: readonly PersonKey[],
  service: ServiceLookup,
): Promise<{ readonly bookingId: BookingId; readonly ordinal: number } | undefined> {
  const wanted = keys.flatMap(({ ordinal, name, curp }) =>
    applicants[ordinal - 1]!.services.flatMap((slug) =>
      [name, curp].flatMap((key) => (key ? { ordinal, key, scope: service(slug)!.claimScope } : [])),
    ),
  );
  const [own] = await transaction(ctx, "citizen_writer", (tx) => findOwnClaims(tx, contactId, wanted));
  const one = own && wanted.find((other) => other.scope === own.scope && other.key.equals(own.key));
  return one && { bookingId: own.bookingId, ordinal: one.ordinal };
}

/** Pseudonym of a request for the audit log. */
export async function subjectOf(ctx: Context, id: RequestId): Promise<Buffer> {
  const [subject] = await ctx.keyring.digest("subject", [id]);
  return subject![0]!.digest;
}
