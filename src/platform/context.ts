import type { Beacon } from "./beacon/index.ts";
import type { Clock } from "./clock.ts";
import type { Database, Scope, PathRole, Tx } from "./db/index.ts";
import type { Keyring } from "./keyring/index.ts";
import type { Log } from "./log.ts";
import type { WitnessAddress } from "./witnesses.ts";

export { settleAtCommit, type Tx } from "./db/index.ts";

/** How a command reached us. */
export type Channel = "web" | "api" | "whatsapp" | "sms" | "phone" | "counter" | "console" | "walk_in" | "system";

/** Who asks. A citizen is a verified contact; before that she is a visitor with a session. */
export type Actor =
  | { readonly kind: "visitor"; readonly sessionId: string | undefined }
  | { readonly kind: "citizen"; readonly sessionId: string; readonly contactId: string }
  | {
      readonly kind: "staff";
      readonly staffId: string;
      readonly officeId: string | undefined;
      readonly role: StaffRole;
    }
  | { readonly kind: "system" };

export type StaffRole = "clerk" | "door" | "supervisor" | "office_head" | "hq" | "analyst" | "agent" | "admin";

/** What the machine offers to commands; one for the life of the process. */
export interface Services {
  readonly clock: Clock;
  readonly database: Database;
  readonly keyring: Keyring;
  readonly log: Log;
  readonly beacon: Beacon;
  /** Outsiders who are asked to cosign a draw's manifest; empty when nobody was found. */
  readonly witnesses: readonly WitnessAddress[];
  /** Whether draws that are opened from now on count losses; each opening notice says so. */
  readonly lossCredit: boolean;
  /** Set only where it is measured what limits cost. */
  readonly unlimited?: boolean;
  /** `https://citas.example.org`, without a slash at the end. */
  readonly publicOrigin: string;
}

/** One request's circumstances. Every command takes one: actor, channel and purpose end up in the audit log. */
export interface Context extends Services {
  readonly now: Date;
  readonly actor: Actor;
  readonly channel: Channel;
  readonly purpose: string;
  readonly requestId: string;
  readonly language: "es" | "en";
}

export function contextFor(services: Services, circumstances: Omit<Context, keyof Services | "now">): Context {
  return { ...services, ...circumstances, now: services.clock.now() };
}

/** The context of timetable tasks and reactions. */
export function systemContext(services: Services, purpose: string): Context {
  return contextFor(services, {
    actor: { kind: "system" },
    channel: "system",
    purpose,
    requestId: purpose,
    language: "es",
  });
}

/** What row level security may know of the asker. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === "citizen") return { contactId: actor.contactId };
  if (actor.kind === "staff") return { staffId: actor.staffId, officeId: actor.officeId };
  return {};
}

/**
 * One transaction on the path of that role, seen by row level security as the context's actor. A command
 * of its own may wait for its turn; only batches give up soon.
 */
export function transaction<T>(ctx: Context, role: PathRole, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.database.transaction(role, scopeOf(ctx.actor), work, { patient: role === "citizen_writer" });
}
