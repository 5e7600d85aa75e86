import { folioTail } from "#kernel/folio.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { getRequestForMessage, type RequestId, type RequestNotice } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import type { Context } from "#platform/context.ts";
import { nextDecentInstant } from "../rules/reminders.ts";
import { renderRequest } from "../rules/render-request.ts";
import type { ClaimedMessage } from "../store.ts";
import type { RequestMessageKind } from "../types.ts";
import { requestToken } from "./link-token.ts";
import { HEADERS, wordsOf, type Reach, type Rendering } from "./rendering.ts";

/** A place of those asked for is booked within a minute, and the booking tells more than the offer would. */
const BOOKED_SOON_MS = 5 * MINUTE_MS;

/** A message about a request: at a decent hour, and only while what it says is so. */
export async function requestRendering(
  ctx: Context,
  row: ClaimedMessage & { readonly kind: RequestMessageKind },
  { channel, to }: Reach,
): Promise<Rendering> {
  const [request, network] = await Promise.all([
    getRequestForMessage(ctx, row.subjectId as RequestId),
    getNetwork(ctx),
  ]);
  const office = request && network.officeById.get(request.officeId);
  if (!request || !office) return { dropped: "erased" };
  const kind = kindNow(row.kind, request, ctx.now);
  if (kind === "later") return { waitUntil: new Date(ctx.now.getTime() + BOOKED_SOON_MS) };
  if (kind === undefined) return { dropped: "outdated" };
  if (kind !== "request_filed") {
    // Who has two hours is told in the first of them.
    const waitUntil =
      request.passesOn && ctx.now < request.answersBy! ? ctx.now : nextDecentInstant(ctx.now, office.zone);
    if (waitUntil > ctx.now) return { waitUntil };
  }
  const { language, seating, answersBy, nextResultAt } = request;
  const offered = kind === "request_offered" && seating !== null;
  const venue = (offered && request.venue) || undefined;
  const link = `${ctx.publicOrigin}/s/${await requestToken(ctx, request.id)}`;
  const wording = wordsOf(channel, request, ctx.publicOrigin, () =>
    renderRequest(channel, {
      kind,
      language,
      at: offered ? new Date(Math.min(...seating.map((one) => one.startsAt))) : (nextResultAt ?? undefined),
      answersBy: offered ? (answersBy ?? undefined) : undefined,
      passesOn: offered && request.passesOn,
      zone: office.zone,
      city: venue?.city ?? office.shortName[language],
      venue,
      numberTail: folioTail(request.number),
      link,
      origin: ctx.publicOrigin,
    }),
  );
  return { channel, message: { ...wording, id: row.id, to, kind, language, headers: HEADERS } };
}

/** What is so now; undefined when another message says it. */
function kindNow(
  kind: RequestMessageKind,
  { state, autoConfirm, answersBy, passesOn }: RequestNotice,
  now: Date,
): RequestMessageKind | "later" | undefined {
  switch (kind) {
    case "request_filed":
    case "request_waiting":
    case "request_identity":
      return state === "standing" ? kind : undefined;
    case "request_offered":
      if (state !== "offered") return undefined;
      if (passesOn && !autoConfirm) return answersBy! <= now ? undefined : kind;
      return autoConfirm || (answersBy !== null && answersBy <= now) ? "later" : kind;
  }
}
