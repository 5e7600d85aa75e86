import { folioFrom, parseFolio } from "#kernel/folio.ts";
import type { ContactId, Folio } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import type { Digest } from "#platform/keyring/index.ts";
import { newId, randomBytes, randomDigits } from "#platform/random.ts";
import { can } from "../policy.ts";
import { contactEraseAfter, PIN_DIGITS, PIN_TRIES, reserveCardTry } from "../rules.ts";
import { parseDigits } from "../schema.ts";
import { deleteCardTries, findCard, insertCard, lockCardTries, saveCardTries } from "../store/cards.ts";
import { insertContact, insertContactKeys, lockContacts } from "../store/contacts.ts";
import { lockLiveSessions } from "../store/sessions.ts";
import { acceptProofs } from "./contacts.ts";
import { joinProved } from "./joining.ts";
import { hashPin, isPin, NO_PIN } from "./pins.ts";
import { newToken } from "./tokens.ts";
import type { Verified } from "./verification.ts";

export interface IssuedCard {
  readonly folio: Folio;
  /** Shown once, on the paper; afterwards nobody knows it but its holder. */
  readonly pin: string;
  readonly contactId: ContactId;
}

export type CardRefusal =
  /** A slip of the pen, told by the check character or the count of digits: it cost no try. */
  | { readonly code: "card_mistyped" }
  | { readonly code: "no_session" }
  /** No such folio, or not its PIN: nobody is told which. */
  | { readonly code: "wrong_card"; readonly attemptsLeft: number }
  | { readonly code: "card_locked"; readonly until: Date };

/** A card that nobody has yet: it stands in no table before {@link saveCard}. */
export interface MadeCard {
  readonly card: IssuedCard;
  readonly pinHash: string;
  readonly digests: readonly Digest[];
  readonly subject: Buffer;
}

/**
 * Makes a paper card for whoever has neither telephone nor e-mail, a full substitute for a contact. A desk writes it down
 * once what it is given for holds: whoever is refused leaves no card behind that nobody has.
 */
export async function makeCard(ctx: Context): Promise<Outcome<MadeCard, { code: "not_allowed" }>> {
  const { actor } = ctx;
  if (actor.kind !== "staff" || !can(actor, "issue_card", actor.officeId)) return refuse({ code: "not_allowed" });
  const folio = folioFrom(randomBytes(12));
  const pin = randomDigits(PIN_DIGITS);
  const contactId = newId<ContactId>();
  const pinHash = await hashPin(pin);
  const [digests] = await ctx.keyring.digest("card", [folio]);
  const [subject] = await ctx.keyring.digest("subject", [contactId]);
  return accept({ card: { folio, pin, contactId }, pinHash, digests: digests!, subject: subject![0]!.digest });
}

/** Writes down a card that was made by the same member of staff. */
export async function saveCard(ctx: Context, { card, pinHash, digests, subject }: MadeCard): Promise<void> {
  const { actor, now } = ctx;
  if (actor.kind !== "staff") throw new Error("a card is given by a member of staff");
  const { contactId } = card;
  await transaction(ctx, "console", async (tx) => {
    await insertContact(tx, {
      id: contactId,
      kind: "card",
      language: ctx.language,
      verifiedAt: now,
      createdAt: now,
      eraseAfter: contactEraseAfter(now),
    });
    await insertContactKeys(tx, "card", contactId, digests);
    await insertCard(tx, { contactId, pinHash, issuedBy: actor.staffId, officeId: actor.officeId, issuedAt: now });
    await insertAudit(tx, [
      {
        at: now,
        actor,
        channel: ctx.channel,
        action: "people.card_issued",
        purpose: ctx.purpose,
        officeId: actor.officeId,
        subject,
      },
    ]);
  });
}

/** Both in one, for who is given nothing but the card. */
export async function issueCard(ctx: Context): Promise<Outcome<IssuedCard, { code: "not_allowed" }>> {
  const made = await makeCard(ctx);
  if (!made.ok) return made;
  await saveCard(ctx, made.value);
  return accept(made.value.card);
}

/** Folio and PIN as they were typed; undefined when a card cannot have them. */
export function readCard(typed: { readonly folio: string; readonly pin: string }) {
  const folio = parseFolio(typed.folio);
  const pin = parseDigits(typed.pin, PIN_DIGITS);
  return folio && pin ? { folio, pin } : undefined;
}

/** Verifies a session by folio and PIN; with `join` the contact that it had proved is added to the card's. A folio that never existed takes as long and locks like one that does. */
export async function openWithCard(
  ctx: Context,
  input: { sessionId: string; folio: string; pin: string; join?: boolean | undefined },
): Promise<Outcome<Verified, CardRefusal>> {
  const read = readCard(input);
  if (!read) return refuse({ code: "card_mistyped" });
  const { folio, pin } = read;
  const [digests] = await ctx.keyring.digest("card", [folio]);
  const begun = await transaction(ctx, "citizen_writer", (tx) => beginTry(ctx, tx, input.sessionId, digests!));
  if (!begun.ok) return begun;
  const { card, attempts } = begun.value;

  const right = await isPin(pin, card?.pinHash ?? NO_PIN);
  if (!card || !right) return refuse({ code: "wrong_card", attemptsLeft: Math.max(0, PIN_TRIES - attempts) });

  const { token, tokenDigest } = newToken();
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [session] = await lockLiveSessions(tx, [input.sessionId], ctx.now);
    const [contact] = await lockContacts(tx, [card.contactId]);
    if (!contact || !session) return refuse({ code: "no_session" });
    await deleteCardTries(tx, digests![0]!.digest);
    await insertContactKeys(tx, "card", contact.id, digests!);
    if (input.join && !session.endsBy) await joinProved(ctx, tx, session, contact.id);
    const [opened] = await acceptProofs(tx, [{ ctx, session, contact, kind: "card", tokenDigest }]);
    return accept({ session: opened!, token });
  });
}

/** Counts the try before the PIN is looked at; reads the card in the same breath. */
async function beginTry(
  ctx: Context,
  tx: Tx,
  sessionId: string,
  digests: readonly Digest[],
): Promise<Outcome<{ card: Awaited<ReturnType<typeof findCard>>; attempts: number }, CardRefusal>> {
  const [session] = await lockLiveSessions(tx, [sessionId], ctx.now);
  if (!session) return refuse({ code: "no_session" });
  const tried = digests[0]!.digest;
  const before = await lockCardTries(tx, tried, ctx.now);
  const tries = reserveCardTry({ attempts: before.attempts, lockedUntil: before.lockedUntil ?? undefined }, ctx.now);
  if ("refusedUntil" in tries) return refuse({ code: "card_locked", until: tries.refusedUntil });
  await saveCardTries(tx, tried, tries, ctx.now);
  return accept({ card: await findCard(tx, digests), attempts: tries.attempts });
}
