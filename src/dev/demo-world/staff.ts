import type { OfficeId, StaffId } from "#kernel/ids.ts";
import { addStaff, issueCard, type StaffMember } from "#modules/people/index.ts";
import { contextFor, systemContext, type Context, type Services, type StaffRole } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { STAFF_NAMES } from "./names.ts";

/** The office at which a newcomer looks first. */
export const DEMO_OFFICE = "fresno" as OfficeId;
const OTHER_OFFICES = ["los-angeles", "chicago", "houston", "new-york"] as OfficeId[];
const ROLES: readonly StaffRole[] = ["clerk", "supervisor", "office_head", "hq", "admin"];

/** One of each role, those of an office at the demo office, then a clerk at some others, who stands at the demo office's door, two analysts and two agents. */
export async function makeStaff(services: Services): Promise<StaffMember[]> {
  const posts = [
    ...ROLES.map((role) => ({ role, officeId: role === "hq" || role === "admin" ? undefined : DEMO_OFFICE })),
    ...OTHER_OFFICES.map((officeId) => ({ role: "clerk" as const, officeId })),
    { role: "door" as const, officeId: DEMO_OFFICE },
    // Two: who signed a case does not decide its appeal.
    { role: "analyst" as const, officeId: undefined },
    { role: "analyst" as const, officeId: undefined },
    { role: "agent" as const, officeId: undefined },
    { role: "agent" as const, officeId: undefined },
  ];
  const members: StaffMember[] = [];
  for (const [i, post] of posts.entries()) {
    const added = await addStaff(systemContext(services, "demo_world"), { ...post, name: STAFF_NAMES[i]! });
    if (!added.ok) throw new Error(`demo staff: ${added.refusal.code}`);
    members.push(added.value);
  }
  return members;
}

export interface DemoCard {
  readonly folio: string;
  readonly pin: string;
  readonly contactId: string;
}

/** Paper cards whose PIN is known, so that the way in without a telephone can be tried. */
export async function makeCards(services: Services, clerk: StaffMember, count: number): Promise<DemoCard[]> {
  const cards: DemoCard[] = [];
  while (cards.length < count) {
    const issued = await issueCard(staffContext(services, clerk));
    if (!issued.ok) throw new Error(`demo cards: ${issued.refusal.code}`);
    cards.push(issued.value);
  }
  return cards;
}

export function staffContext(services: Services, { id, officeId, role }: StaffMember, now?: Date): Context {
  const actor = { kind: "staff", staffId: id satisfies StaffId, officeId, role } as const;
  const ctx = contextFor(services, {
    actor,
    channel: "console",
    purpose: "reception",
    requestId: newId(),
    language: "es",
  });
  return now === undefined ? ctx : { ...ctx, now };
}
