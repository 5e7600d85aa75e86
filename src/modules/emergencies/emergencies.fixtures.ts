import { randomUUID } from "node:crypto";
import type { ContactId, LocalDate, ServiceSlug } from "#kernel/ids.ts";
import { addDays, instantOf } from "#kernel/time.ts";
import { contextFor, type Context } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import {
  anApplicant,
  aSession,
  citizen,
  FRESNO,
  FRESNO_ZONE,
  someContacts,
  VISIT_DAY,
} from "#tests/support/fixtures.ts";
import { askEmergency, type EmergencyQuestion } from "./commands/ask.ts";
import type { WhoComes } from "./commands/book.ts";
import type { EmergencyAnswer, EmergencyId } from "./types.ts";

/** The day before the visit day of all fixtures, on which Fresno is open from nine to one. */
export const ASKED_ON = addDays(VISIT_DAY, -1);
export const at = (time: string, day: LocalDate = ASKED_ON): Date => instantOf(day, time, FRESNO_ZONE);

/** Fresno open on two mornings, nine o'clock on the first. */
export async function anOpenOffice(services: TestServices, counters = 2) {
  services.clock.set(at("09:00"));
  const first = await aSession(services, { localDate: ASKED_ON, opens: "09:00", steps: 16, counters });
  const second = await aSession(services, { opens: "09:00", steps: 4, counters });
  return { first, second };
}

export const aQuestion = (change: Partial<EmergencyQuestion> = {}): EmergencyQuestion => ({
  officeId: FRESNO,
  kind: "death_or_illness",
  neededBy: "two_days",
  ...change,
});

/** A visitor who has proved no contact. */
export function aStranger(services: TestServices, sessionId: string = randomUUID()): Context {
  return contextFor(services, {
    actor: { kind: "visitor", sessionId },
    channel: "web",
    purpose: "emergency",
    requestId: randomUUID(),
    language: "es",
  });
}

/** Asks as a contact that was just made; throws when it is refused. */
export async function asked(
  services: TestServices,
  change: Partial<EmergencyQuestion> = {},
): Promise<{ id: EmergencyId; contactId: ContactId; ctx: Context; dueAt: Date }> {
  const [contactId] = await someContacts(services, 1);
  const ctx = citizen(services, contactId!);
  const outcome = await askEmergency(ctx, aQuestion(change));
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { ...outcome.value, contactId: contactId!, ctx };
}

export const aPlace = (time = "09:15", change: { people?: number; localDate?: LocalDate } = {}): EmergencyAnswer => ({
  kind: "place",
  service: "matricula-consular" as ServiceSlug,
  people: 1,
  localDate: VISIT_DAY,
  startsAt: at(time, change.localDate ?? VISIT_DAY),
  words: "",
  ...change,
});
export const aNo: EmergencyAnswer = {
  kind: "no",
  reason: "ordinary_in_time",
  words: "El jueves hay lugares para todos.",
};

export function whoComes(number: number): WhoComes {
  const { services: _, declared: __, ...who } = anApplicant(number);
  return who;
}
