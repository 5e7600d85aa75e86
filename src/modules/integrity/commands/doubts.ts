import type { Context, Tx } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { likeness, REVIEW_BITS } from "../rules/compare.ts";
import { findAlike, type EqualFiling } from "../store/filings.ts";
import type { FoundPair } from "../store/pairs.ts";
import { openFilings, type PreparedParty, type PreparedPerson } from "./prepare.ts";

/** Doubts that one filing may make, the likeliest first: whoever files a hundred times is not a hundred tasks each time. */
const MOST_DOUBTS = 10;

/** Who may be the same person, and who else filed for her for days to come. */
export async function findDoubts(
  ctx: Pick<Context, "keyring">,
  tx: Tx,
  { party, addressKind, one }: Pick<PreparedParty, "party" | "addressKind"> & { readonly one: PreparedPerson },
  { personId, equal }: { readonly personId: string; readonly equal: readonly EqualFiling[] },
): Promise<FoundPair[]> {
  const clash = equal.some(
    (other) => party.active && other.active && other.personId === personId && other.contactId !== party.contactId,
  );
  // What is equal comes first: no crowd of what is merely alike can hide it.
  const others = equal.filter((other) => other.personId !== personId);
  const alike = await findAlike(tx, one.marks, one.address, personId);
  const near = new Map<string, FoundPair>();
  for (const { filing, profile } of await openFilings(ctx, [...others, ...alike])) {
    const { bits, terms } = likeness(one.profile, profile, filing.sameAddress ? addressKind : undefined);
    if (bits >= REVIEW_BITS && bits > (near.get(filing.personId)?.bits ?? 0))
      near.set(filing.personId, { id: newId(), personA: personId, personB: filing.personId, bits, terms });
  }
  const likeliest = [...near.values()].sort((a, b) => b.bits - a.bits).slice(0, MOST_DOUBTS);
  if (!clash) return likeliest;
  return [{ id: newId(), personA: personId, personB: personId, bits: 0, terms: { two_contacts: 0 } }, ...likeliest];
}
