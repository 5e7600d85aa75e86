import { MINUTE_MS } from "#kernel/time.ts";
import type { StaffId } from "#kernel/ids.ts";
import type { AnswerRefusal, EmergencyRow, EmergencyState } from "../types.ts";

/** Minutes without a second person after which the head of office may sign alone (people.md 4); it is counted apart. */
export const ALONE_AFTER_MINUTES = 30;

const MAY_FOLLOW: Readonly<Record<EmergencyState, readonly EmergencyState[]>> = {
  asked: ["proposed", "withdrawn"],
  proposed: ["asked", "granted", "refused", "withdrawn"],
  granted: ["booked", "withdrawn", "lapsed", "asked"],
  refused: ["asked"],
  booked: [],
  withdrawn: [],
  lapsed: [],
};

export function emergencyMay(from: EmergencyState, to: EmergencyState): boolean {
  return MAY_FOLLOW[from].includes(to);
}

/** A member of staff, as far as signing goes. */
export interface Signer {
  readonly staffId: StaffId;
  /** The head of office: may sign alone, and is the one who proposes after a review. */
  readonly isHead: boolean;
}

type Judged = Pick<EmergencyRow, "state" | "version" | "reviewed" | "proposedBy" | "proposedAt">;

/** Whether this person may propose an answer to the version that she saw; undefined when she may. After a review only the head of office does. */
export function refuseProposal(request: Judged, version: number, { isHead }: Signer): AnswerRefusal | undefined {
  if (request.version !== version) return { code: "changed_meanwhile" };
  if (!emergencyMay(request.state, "proposed")) return { code: "not_possible" };
  return request.reviewed && !isHead ? { code: "head_needed" } : undefined;
}

/** Whether it may be taken back, or sent back by a colleague who sees it otherwise. */
export function refuseSendingBack(request: Judged, version: number): AnswerRefusal | undefined {
  if (request.version !== version) return { code: "changed_meanwhile" };
  return request.state === "proposed" ? undefined : { code: "not_possible" };
}

/** How this person's signature counts: as the second of two, or, after half an hour, as the head of office alone. */
export function judgeSignature(
  request: Judged,
  version: number,
  signer: Signer,
  now: Date,
): { readonly how: "two" | "alone" } | { readonly refusal: AnswerRefusal } {
  const refused = refuseSendingBack(request, version);
  if (refused) return { refusal: refused };
  if (request.proposedBy !== signer.staffId) return { how: "two" };
  const aloneFrom = new Date(request.proposedAt!.getTime() + ALONE_AFTER_MINUTES * MINUTE_MS);
  if (!signer.isHead || now < aloneFrom) return { refusal: { code: "second_person_needed" } };
  return { how: "alone" };
}

/** A no goes to the head of office once, at the person's wish; what the head then signs stands. */
export function mayReview({ state, reviewed }: Pick<Judged, "state" | "reviewed">): boolean {
  return state === "refused" && !reviewed;
}
