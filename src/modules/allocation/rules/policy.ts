import type { Policy } from "../types.ts";
import { sharesByShow, type Shows } from "./class-shares.ts";

/** Members of a party whom one member's tier carries with her, besides herself (fairness.md 4.1.5, hardening.md 13). */
export const COMPANIONS = 2;

/** The network's policy for a weekly draw. An opening notice carries its own copy; a verifier reads only that one. */
export const DRAW_POLICY: Policy = {
  version: "2026-1",
  bands: ["morning", "midday", "afternoon"],
  // 15 % of the draw's places each for verified deadlines and for those who should not wait (fairness.md 4.1.5).
  tierShares: [150, 150],
  // A free mailbox costs nothing, so a thousand of them must not fill an office (hardening.md 15). At most: what was measured of a kind makes it less (class-shares.ts).
  contactShares: { email_only: 100, unseen_number: 400 },
  // 2 % of the places for one registrable domain (hardening.md 15).
  domainShare: 20,
  // Ten wishes and one "anywhere near, any day" (fairness.md 4.0).
  maxOptions: 11,
  // Five online; up to eight by agent, counter or helper (fairness.md 4.0).
  maxPersons: 8,
  // Eight persons with four places each: an hour of documents, two of civil registry.
  maxPlaces: 32,
  // Off unless an installation says otherwise: it is a departure from strategy-proofness across draws (hardening.md 22).
  lossCredit: { enabled: false, losses: 2 },
};

/**
 * As the crow flies, a day's way there and back: within it whoever is to earn the credit takes any office (hardening.md
 * 22 asks for a distance; the number is our own). No more offices are asked of anybody than one wish can name.
 */
const CREDIT_REACH_KM = 250;

/** The policy with which an installation opens its draws. What it chose, and what it measured, stands in each opening notice. */
export function policyOf({ lossCredit }: { readonly lossCredit: boolean }, shows: readonly Shows[] = []): Policy {
  const policy = { ...DRAW_POLICY, contactShares: sharesByShow(DRAW_POLICY.contactShares, shows) };
  if (!lossCredit) return policy;
  return { ...policy, lossCredit: { ...DRAW_POLICY.lossCredit, enabled: true, reachKm: CREDIT_REACH_KM } };
}

/** Bounds of a policy that the draw's flat storage can hold; a published file may claim anything. */
export function isUsablePolicy({ bands, maxOptions, maxPersons, maxPlaces, tierShares, domainShare }: Policy): boolean {
  const isWhole = (value: number, most: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= most;
  return (
    bands.length >= 1 &&
    bands.length <= 8 &&
    isWhole(maxOptions, 100) &&
    isWhole(maxPersons, 31) &&
    isWhole(maxPlaces, 255) &&
    tierShares.length === 2 &&
    [...tierShares, domainShare].every((share) => isWhole(share, 1000))
  );
}
