import type { Brand } from "#kernel/brand.ts";
import type { BookingId } from "#kernel/ids.ts";
import type { Context, Tx } from "#platform/context.ts";

export type HelperId = Brand<string, "HelperId">;

/** What kind of organisation helps. */
export const HELPER_KINDS = ["parish", "union", "library", "consular_window", "community", "other"] as const;
export type HelperKind = (typeof HELPER_KINDS)[number];

/** The rows of a helper's state; `rules/states.ts` says which may follow which. */
export const HELPER_STATES = ["asked", "approved", "refused", "suspended", "ended"] as const;
export type HelperState = (typeof HELPER_STATES)[number];

/** Why somebody said no. A list, so that nothing personal is written. */
export const HELPER_REASONS = [
  "not_reached",
  "asks_money",
  "no_organisation",
  "known_already",
  "rules_broken",
  "own_wish",
] as const;
export type HelperReason = (typeof HELPER_REASONS)[number];

/** Language in which somebody is helped: those of the ministry's interpreters, and the rest as one. */
export const HELP_LANGUAGES = [
  "es",
  "en",
  "nahuatl",
  "maya",
  "tseltal",
  "mixteco",
  "tsotsil",
  "zapoteco",
  "other",
] as const;
export type HelpLanguage = (typeof HELP_LANGUAGES)[number];

/** How the citizen agreed: aloud, or with her own finger on the screen. */
export const CONSENTS = ["spoken", "ticked"] as const;
export type Consent = (typeof CONSENTS)[number];

/** What is sealed of a helper (field `helpers.helper`). Personal: it names who answers and how that person is reached. */
export interface SealedHelper {
  readonly name: string;
  readonly place: string;
  readonly answers: string;
  readonly contact: string;
}

/** What an organisation asks with. */
export interface Asking extends SealedHelper {
  readonly kind: HelperKind;
  readonly peopleAWeek: number;
}

/** Whose browser it is. It opens nobody's file. */
export interface HelperSession {
  readonly id: string;
  readonly helperId: HelperId;
  readonly since: Date;
  readonly expiresAt: Date;
}

/** Help that goes on: the citizen's visit, until when at the latest. */
export interface Help {
  readonly visitId: string;
  readonly begunAt: Date;
  readonly until: Date;
}

/** What a booking was and how it ended, as whoever owns bookings reads it. */
export interface SeenEntry {
  readonly bookingId: BookingId;
  readonly persons: readonly unknown[];
  readonly cancelledAt: Date | null;
  readonly ended: "served" | "missed" | null;
}

/** Bookings are read by whoever knows them; what is erased is not in the answer. */
export type ReadEntries = (
  ctx: Pick<Context, "keyring">,
  tx: Tx,
  ids: readonly BookingId[],
) => Promise<readonly SeenEntry[]>;
