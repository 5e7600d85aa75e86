import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork, type Network, type Office } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import { arrange, dropKept, keepPlaces, stepsOf, URGENT_POOLS } from "#modules/schedules/index.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { dayKey } from "#platform/keyring/index.ts";
import { insertEvents } from "#platform/outbox.ts";
import { emergencyAnswered } from "../events.ts";
import { listOpenStretches } from "../queries/hours.ts";
import { listUrgentPlaces, needsOfEmergency } from "../queries/places.ts";
import { judgeSignature, refuseProposal, refuseSendingBack, type Signer } from "../rules/answering.ts";
import { eraseAfterEmergency } from "../rules/asking.ts";
import { openMinutes } from "../rules/hours.ts";
import { emergencyStore, forgetProposal, saveProposal, saveSignature, type EmergencyStore } from "../store/requests.ts";
import type { AnswerRefusal, EmergencyAnswer, EmergencyId, EmergencyRow } from "../types.ts";
import { record } from "./ask.ts";

/** The request and its version on the screen of whoever acts: one on an older picture is refused. */
export interface Meant {
  readonly id: EmergencyId;
  readonly version: number;
}

type Answered = Outcome<void, AnswerRefusal>;

/**
 * The first of two signatures. A place is kept from now on, under the id of the request and until it starts, so that what
 * the second signs is still there; nobody is told before.
 */
export function proposeAnswer(
  ctx: Context,
  meant: Meant,
  answer: EmergencyAnswer,
  store: EmergencyStore = emergencyStore,
): Promise<Answered> {
  return atOffice(ctx, meant.id, store, async ({ tx, request, office, network, signer, subject }) => {
    const no = refuseProposal(request, meant.version, signer);
    if (no) return refuse(no);
    const today = localDateAt(ctx.now, office.zone);
    if (answer.kind === "hour" && (answer.startsAt <= ctx.now || localDateAt(answer.startsAt, office.zone) !== today))
      return refuse({ code: "hour_not_today" });
    if (answer.kind === "place" && !(await keep(tx, ctx, network, request, answer)))
      return refuse({ code: "emergency_place_taken" });

    const localDate = answer.kind === "no" ? null : answer.kind === "hour" ? today : answer.localDate;
    const eraseAfter = eraseAfterEmergency(localDate ?? today);
    const [sealed] =
      answer.words === ""
        ? [null]
        : await ctx.keyring.seal([
            {
              under: dayKey(office.id, localDate ?? today, eraseAfter),
              field: "emergencies.answer",
              row: request.id,
              plain: answer.words,
            },
          ]);
    const proposed = { answer, localDate, sealed: sealed ?? null, by: signer.staffId, at: ctx.now, eraseAfter };
    await saveProposal(tx, request, proposed);
    await record(tx, ctx, "emergency.propose", request, subject);
    return accept(undefined);
  });
}

/** The second signature, or after half an hour the head's alone. Now the person is told that there is an answer. */
export function signAnswer(ctx: Context, meant: Meant, store: EmergencyStore = emergencyStore): Promise<Answered> {
  return atOffice(ctx, meant.id, store, async ({ tx, request, office, signer, subject }) => {
    const judged = judgeSignature(request, meant.version, signer, ctx.now);
    if ("refusal" in judged) return refuse(judged.refusal);
    // Its hour passed while it waited for the second: it cannot be given any more.
    if (request.startsAt !== null && request.startsAt <= ctx.now) return refuse({ code: "emergency_place_taken" });
    const stretches = await listOpenStretches(tx, office.id, request.askedAt);
    await saveSignature(tx, request, {
      state: request.proposal === "no" ? "refused" : "granted",
      how: judged.how,
      by: signer.staffId,
      at: ctx.now,
      openingMinutes: openMinutes(request.askedAt, ctx.now, stretches),
    });
    if (request.contactId !== null) await insertEvents(tx, [emergencyAnswered(request, request.contactId, ctx.now)]);
    await record(tx, ctx, judged.how === "alone" ? "emergency.sign_alone" : "emergency.sign", request, subject);
    return accept(undefined);
  });
}

/** Takes a proposal back, one's own or a colleague's: its place is free again and the request waits as before. */
export function sendBack(ctx: Context, meant: Meant, store: EmergencyStore = emergencyStore): Promise<Answered> {
  return atOffice(ctx, meant.id, store, async ({ tx, request, subject }) => {
    const no = refuseSendingBack(request, meant.version);
    if (no) return refuse(no);
    await forgetProposal(tx, request);
    await dropKept(tx, [request.id]);
    await record(tx, ctx, "emergency.send_back", request, subject);
    return accept(undefined);
  });
}

interface Desk {
  readonly tx: Tx;
  readonly request: EmergencyRow;
  readonly office: Office;
  readonly network: Network;
  readonly signer: Signer;
  /** Pseudonym of the request for the audit log. */
  readonly subject: Buffer;
}

/** One transaction of a member of staff on one request of her own office, which nobody else changes meanwhile. */
export async function atOffice<Value>(
  ctx: Context,
  id: EmergencyId,
  store: EmergencyStore,
  work: (desk: Desk) => Promise<Outcome<Value, AnswerRefusal>>,
): Promise<Outcome<Value, AnswerRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "answer_emergencies", actor.officeId))
    return refuse({ code: "not_allowed" });
  const network = await getNetwork(ctx);
  const office = network.officeById.get(actor.officeId ?? "");
  if (!office) return refuse({ code: "not_allowed" });
  const [subject] = await ctx.keyring.digest("subject", [id]);
  const signer = { staffId: actor.staffId as StaffId, isHead: can(actor, "sign_alone", office.id) };
  return transaction(ctx, "console", async (tx) => {
    const request = await store.lockEmergency(tx, office.id, id);
    if (!request) return refuse({ code: "unknown_emergency" });
    return work({ tx, request, office, network, signer, subject: subject![0]!.digest });
  });
}

/** Keeps the whole of a place, or nothing of it. */
async function keep(
  tx: Tx,
  ctx: Context,
  network: Network,
  { officeId, id }: { readonly officeId: OfficeId; readonly id: EmergencyId },
  { service: slug, people, localDate, startsAt }: Extract<EmergencyAnswer, { kind: "place" }>,
): Promise<boolean> {
  const service = network.serviceBySlug.get(slug);
  if (!service?.bookable || startsAt <= ctx.now) return false;
  const span: { from: LocalDate; to: LocalDate; after: Date } = { from: localDate, to: localDate, after: ctx.now };
  const places = await listUrgentPlaces(tx, officeId, service.group, span);
  const arrangement = arrange(places, needsOfEmergency(service, people), startsAt.getTime());
  if (!arrangement) return false;
  const steps = stepsOf(arrangement);
  const kept = await keepPlaces(
    tx,
    steps.map((step) => ({ ...step, officeId, holder: id, until: startsAt })),
    URGENT_POOLS,
  );
  if (kept.length === steps.length) return true;
  await dropKept(tx, [id]);
  return false;
}
