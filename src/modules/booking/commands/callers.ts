import { parseFolio } from "#kernel/folio.ts";
import type { ContactId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { localDateAt } from "#kernel/time.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { can, contactOfCode, findContactsByAddress, type VerifyRefusal } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { insertEvents } from "#platform/outbox.ts";
import { takeOne } from "#platform/limits/index.ts";
import { newId } from "#platform/random.ts";
import { staffActed } from "../events.ts";
import { contactOfFolio, type TooManyFiles } from "../queries/file.ts";
import { bornThen, fileOf, type CallerFile } from "../rules/callers.ts";
import type { BookingView } from "../types.ts";
import { readOwnByBirth } from "./proof.ts";

/** What a caller asks for; the audit log and she herself read it. */
export const CALL_REASONS = ["where_and_when", "change", "cancel", "papers", "no_message", "other"] as const;

export interface CallerAsked {
  /** What she says besides her birth date. There is no way by a name. */
  readonly by:
    { readonly folio: string } | { readonly phone: string } | { readonly token: string; readonly code: string };
  readonly bornOn: LocalDate;
  /** Which of those who were born that day, from 1: twins are two people. */
  readonly nth: number;
  readonly reason: (typeof CALL_REASONS)[number];
}

export type CallerRefusal =
  | { readonly code: "not_allowed" }
  | { readonly code: "folio_mistyped" }
  | TooManyFiles
  | VerifyRefusal
  | { readonly code: "too_many_tries" }
  /** Nothing opens: wrong, another's, over, delicate and never filed are one answer. */
  | { readonly code: "unknown_caller" };

/**
 * One person's appointments and requests, for the agent who has her on the line and whom she allowed to look. The birth
 * date is tried like her own tries on the website, and what her situation makes delicate opens to nobody here. It is on
 * record under each file, and her contact is told on the next morning.
 */
export async function openCaller(ctx: Context, asked: CallerAsked): Promise<Outcome<CallerFile, CallerRefusal>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "answer_talks")) return refuse({ code: "not_allowed" });
  const taken = await takeOne(ctx, "files", actor.staffId);
  if (!taken.ok) return refuse({ code: "too_many_files", retryAfter: taken.refusal.retryAfter });
  const contact = await contactOf(ctx, asked.by);
  if (!contact.ok) return contact;
  const found = contact.value ? await readOwn(ctx, contact.value, asked) : accept(undefined);
  if (!found.ok) return found;
  await record(ctx, asked, found.value?.read ?? { bookings: [], requests: [] });
  return found.value ? accept(found.value.file) : refuse({ code: "unknown_caller" });
}

async function contactOf(
  ctx: Context,
  by: CallerAsked["by"],
): Promise<Outcome<ContactId | undefined, { readonly code: "folio_mistyped" } | VerifyRefusal>> {
  if ("code" in by) return contactOfCode(ctx, by);
  if ("folio" in by) {
    const folio = parseFolio(by.folio);
    return folio ? accept(await contactOfFolio(ctx, folio)) : refuse({ code: "folio_mistyped" });
  }
  const [contactId] = await transaction(ctx, "worker", (tx) =>
    findContactsByAddress(ctx, tx, [{ kind: "phone", typed: by.phone }]),
  );
  return accept(contactId);
}

interface Read {
  readonly bookings: readonly Pick<BookingView, "id" | "officeId" | "contactId">[];
  readonly requests: readonly { readonly id: string }[];
}

/** By the same doors, tries and veils as herself on the website. */
async function readOwn(
  ctx: Context,
  contactId: ContactId,
  { by, bornOn, nth }: CallerAsked,
): Promise<Outcome<{ file: CallerFile; read: Read } | undefined, { readonly code: "too_many_tries" }>> {
  const hers: Context = { ...ctx, actor: { kind: "citizen", sessionId: newId<string>(), contactId } };
  const own = await readOwnByBirth(hers, contactId, bornOn);
  if (!own.ok) return own;
  const { bookings, requests } = own.value;
  const folio = "folio" in by ? parseFolio(by.folio) : undefined;
  if (folio !== undefined && !bookings.some((one) => one.folio === folio)) return accept(undefined);
  const people = bornThen([...bookings, ...requests], bornOn);
  const person = people[nth - 1];
  if (!person) return accept(undefined);
  const file = fileOf(person, people.length, bookings, requests, (await getNetwork(ctx)).officeById);
  const has = <One extends { readonly id: string }>(all: readonly One[], shown: readonly { readonly id: string }[]) =>
    all.filter((one) => shown.some(({ id }) => id === one.id));
  return accept({ file, read: { bookings: has(bookings, file.bookings), requests: has(requests, file.requests) } });
}

/** A line for each file that was shown, or one for a look that opened nothing. */
async function record(ctx: Context, { reason }: CallerAsked, { bookings, requests }: Read): Promise<void> {
  const ids = [...bookings, ...requests].map((one) => one.id);
  const [subjects, { officeById }] = await Promise.all([ctx.keyring.digest("subject", ids), getNetwork(ctx)]);
  const line = { ...ctx, at: ctx.now, purpose: `call_${reason}` };
  const offices = bookings.map((one) => one.officeId);
  await transaction(ctx, "console", async (tx) => {
    await insertAudit(
      tx,
      ids.length === 0
        ? [{ ...line, action: "file.nothing_opened" }]
        : subjects.map(([version], i) => ({
            ...line,
            action: "file.read",
            subject: version!.digest,
            ...(offices[i] ? { officeId: offices[i] } : {}),
          })),
    );
    await insertEvents(
      tx,
      bookings.map((one) => staffActed("opened", one, localDateAt(ctx.now, zoneOf(one.officeId)), ctx.now)),
    );
  });
  function zoneOf(officeId: OfficeId): string {
    return officeById.get(officeId)!.zone;
  }
}
