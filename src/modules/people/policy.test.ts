import { expect, it } from "vitest";
import { can, worksForNetwork, type StaffAction } from "./policy.ts";
import type { Actor, StaffRole } from "./types.ts";

const staff = (role: StaffRole, officeId?: string): Actor => ({ kind: "staff", staffId: "s", officeId, role });

it.each<[StaffRole, StaffAction, boolean]>([
  ["clerk", "open_file", true],
  ["clerk", "issue_card", true],
  ["clerk", "edit_schedule", false],
  ["door", "admit", true],
  ["door", "see_today", false],
  ["door", "receive", false],
  ["clerk", "run_hall", false],
  ["supervisor", "run_hall", true],
  ["clerk", "read_counts", false],
  ["supervisor", "edit_schedule", true],
  ["office_head", "confirm_facts", true],
  ["office_head", "manage_staff", false],
  ["hq", "read_counts", true],
  ["hq", "open_file", false],
  ["analyst", "decide_integrity", true],
  ["analyst", "open_file", false],
  ["hq", "see_integrity", false],
  ["analyst", "see_alarms", true],
  ["admin", "manage_staff", true],
  ["admin", "open_file", false],
  ["hq", "sign_release", true],
  ["admin", "sign_release", true],
  ["analyst", "sign_release", false],
])("%s, %s: %s", (role, action, allowed) => {
  const officeId = worksForNetwork(role) ? undefined : "chicago";
  expect(can(staff(role, officeId), action, "chicago")).toBe(allowed);
});

it("keeps every office role to its own office", () => {
  for (const role of ["clerk", "supervisor", "office_head"] as const) {
    expect(can(staff(role, "chicago"), "open_file", "dallas")).toBe(false);
    expect(can(staff(role, "chicago"), "open_file")).toBe(false);
    expect(can(staff(role), "open_file")).toBe(false);
  }
});

it("gives whoever is not staff nothing, and the system only what enrols the first admin", () => {
  expect(can({ kind: "visitor", sessionId: undefined }, "see_today", "chicago")).toBe(false);
  expect(can({ kind: "citizen", sessionId: "s", contactId: "c" }, "manage_staff")).toBe(false);
  expect(can({ kind: "system" }, "manage_staff")).toBe(true);
  expect(can({ kind: "system" }, "open_file", "chicago")).toBe(false);
});
