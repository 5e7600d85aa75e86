import type { OfficeId } from "#kernel/ids.ts";
import { localDateAt, localTimeAt } from "#kernel/time.ts";
import type { AuditLine, Look, LookWhat, StaffRole } from "../types.ts";

const WHAT: Readonly<Record<string, LookWhat>> = {
  "file.read": "read",
  "file.braked": "braked",
  "file.correct_name": "corrected",
  "file.permission_received": "permission",
  "file.permission_undone": "permission",
  "booking.read": "message",
  "booking.confirm": "booked",
  "booking.move": "moved",
  "booking.cancel": "cancelled",
  "booking.lapse": "lapsed",
  "booking.export": "exported",
  "cut.decline": "declined",
  "people.disclosed": "disclosed",
  "people.card_issued": "card",
  "allocation.read": "message",
  "allocation.export": "exported",
  "emergency.export": "exported",
};
const WHAT_BEGINS: readonly (readonly [start: string, what: LookWhat])[] = [
  ["visit.", "visit"],
  ["cash.", "paid"],
  ["document.", "paid"],
  ["conversations.", "talked"],
  ["emergency.", "urgent"],
  ["allocation.", "asked"],
];

/** From these hours on it is afternoon and evening where the office is. */
const AFTERNOON_AT = "12:00";
const EVENING_AT = "19:00";

/** Of the lines of a contact those that are no household's own doing: staff, and an answer to an authority, which a program prints. */
export function isOfStaff({ actorKind, action }: Pick<AuditLine, "actorKind" | "action">): boolean {
  return actorKind === "staff" || action === "people.disclosed";
}

/** Lines of the audit log for whoever they are about, newest first: the same of one part of a day is one look. */
export function looksOf(lines: readonly AuditLine[], zone: string, roles: ReadonlyMap<string, StaffRole>): Look[] {
  const looks = new Map<string, Look>();
  for (const line of lines) {
    const look = lookOf(line, zone, roles);
    const key = [look.on, look.part, look.by, look.officeId, look.what].join(" ");
    looks.set(key, { ...look, times: (looks.get(key)?.times ?? 0) + 1 });
  }
  return [...looks.values()];
}

function lookOf(
  { at, actorKind, actorId, action, officeId }: AuditLine,
  zone: string,
  roles: ReadonlyMap<string, StaffRole>,
): Look {
  const time = localTimeAt(at, zone);
  return {
    on: localDateAt(at, zone),
    part: time < AFTERNOON_AT ? "morning" : time < EVENING_AT ? "afternoon" : "evening",
    by:
      actorKind === "citizen"
        ? "you"
        : actorKind === "system"
          ? "system"
          : (roles.get(actorId ?? "") ?? "former_staff"),
    officeId: officeId as OfficeId | null,
    what: WHAT[action] ?? WHAT_BEGINS.find(([start]) => action.startsWith(start))?.[1] ?? "handled",
    times: 0,
  };
}
