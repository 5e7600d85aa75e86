import { expect, test } from "vitest";
import type { StaffId } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { EMERGENCY_STATES } from "../types.ts";
import {
  ALONE_AFTER_MINUTES,
  emergencyMay,
  judgeSignature,
  mayReview,
  refuseProposal,
  refuseSendingBack,
} from "./answering.ts";

const [ana, eva] = ["ana", "eva"] as StaffId[];
const NOW = new Date("2026-12-02T17:00:00Z");
const waiting = { state: "asked", version: 1, reviewed: false, proposedBy: null, proposedAt: null } as const;
const proposed = { state: "proposed", version: 2, reviewed: false, proposedBy: ana!, proposedAt: NOW } as const;
const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * MINUTE_MS);

test("one proposes, somebody else signs", () => {
  expect(refuseProposal(waiting, 1, { staffId: ana!, isHead: false })).toBeUndefined();
  expect(judgeSignature(proposed, 2, { staffId: eva!, isHead: false }, later(1))).toEqual({ how: "two" });
});

test("nobody signs what she proposed, but for the head of office after half an hour", () => {
  const tooSoon = { refusal: { code: "second_person_needed" } };
  expect(judgeSignature(proposed, 2, { staffId: ana!, isHead: true }, later(ALONE_AFTER_MINUTES - 1))).toEqual(tooSoon);
  expect(judgeSignature(proposed, 2, { staffId: ana!, isHead: true }, later(ALONE_AFTER_MINUTES))).toEqual({
    how: "alone",
  });
  expect(judgeSignature(proposed, 2, { staffId: ana!, isHead: false }, later(300))).toEqual(tooSoon);
  expect(judgeSignature(proposed, 2, { staffId: eva!, isHead: true }, later(31))).toEqual({ how: "two" });
});

test("whoever acts on an older picture is refused", () => {
  const changed = { code: "changed_meanwhile" };
  expect(refuseProposal(waiting, 2, { staffId: ana!, isHead: true })).toEqual(changed);
  expect(refuseSendingBack(proposed, 1)).toEqual(changed);
  expect(judgeSignature(proposed, 3, { staffId: eva!, isHead: false }, NOW)).toEqual({ refusal: changed });
});

test("after a review only the head of office proposes, and there is one review", () => {
  const reviewed = { ...waiting, reviewed: true };
  expect(refuseProposal(reviewed, 1, { staffId: ana!, isHead: false })).toEqual({ code: "head_needed" });
  expect(refuseProposal(reviewed, 1, { staffId: ana!, isHead: true })).toBeUndefined();
  expect(mayReview({ state: "refused", reviewed: false })).toBe(true);
  expect(mayReview({ state: "refused", reviewed: true })).toBe(false);
  expect(mayReview({ state: "granted", reviewed: false })).toBe(false);
});

test("what is over stays so", () => {
  for (const over of ["booked", "withdrawn", "lapsed"] as const)
    expect(EMERGENCY_STATES.filter((to) => emergencyMay(over, to))).toEqual([]);
  expect(EMERGENCY_STATES.filter((to) => emergencyMay("asked", to))).toEqual(["proposed", "withdrawn"]);
});
