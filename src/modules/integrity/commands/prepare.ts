import { contactAddress } from "#modules/people/index.ts";
import { transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import type { SharedAddress } from "../rules/compare.ts";
import { countedAddress, keyTexts, markTexts } from "../rules/marks.ts";
import { profileOf, type Profile } from "../rules/profile.ts";
import type { DueSource } from "../store/due.ts";
import type { FoundFiling, Mark } from "../store/filings.ts";
import type { FiledParty, FiledPerson, ReadParties } from "../types.ts";

/** What is sealed of a filing: to compare by, and the names as they were typed. */
export interface SealedFiling {
  readonly profile: Profile;
  readonly names: readonly [given: string, first: string, second: string];
}

export interface PreparedPerson {
  readonly id: string;
  readonly person: FiledPerson;
  readonly profile: Profile;
  readonly keys: readonly Mark[];
  readonly marks: readonly Mark[];
  readonly address: readonly Mark[];
  readonly sealed: Buffer;
}

export interface PreparedParty {
  readonly party: FiledParty;
  readonly addressKind: SharedAddress;
  readonly people: readonly PreparedPerson[];
}

/** Opens, digests and seals before anything is locked. In the order of what is due; undefined for what is gone. */
export async function prepare(
  ctx: Context,
  due: readonly DueSource[],
  read: ReadParties,
): Promise<(PreparedParty | undefined)[]> {
  const parties = await transaction(ctx, "worker", (tx) =>
    read(
      ctx,
      tx,
      due.map((one) => one.sourceId),
    ),
  );
  const addresses = await contactAddress(ctx, [...new Set(parties.map((one) => one.contactId))]);
  return Promise.all(
    due.map(async ({ sourceId }) => {
      const party = parties.find((one) => one.sourceId === sourceId);
      return party && prepareParty(ctx, party, addresses.get(party.contactId)?.address);
    }),
  );
}

/** The same of one party; `typed` is its contact's address. */
export async function prepareParty(ctx: Context, party: FiledParty, typed: string | undefined): Promise<PreparedParty> {
  const address = typed === undefined ? undefined : countedAddress(typed);
  const people = party.people.map((person) => ({ id: newId<string>(), person, profile: profileOf(person) }));
  const sealed = await ctx.keyring.seal(
    people.map(({ id, person, profile }) => {
      const content: SealedFiling = { profile, names: [person.givenNames, person.firstSurname, person.secondSurname] };
      return { under: party.under, field: "integrity.filing" as const, row: id, plain: JSON.stringify(content) };
    }),
  );
  return {
    party,
    addressKind: address === undefined ? undefined : address.startsWith("phone|") ? "phone" : "email",
    people: await Promise.all(
      people.map(async ({ id, person, profile }, i) => ({
        id,
        person,
        profile,
        keys: await digests(ctx, keyTexts(profile)),
        marks: await digests(ctx, markTexts(profile, address)),
        address: await digests(ctx, address === undefined ? [] : [address]),
        sealed: sealed[i]!,
      })),
    ),
  };
}

async function digests(ctx: Context, texts: readonly string[]): Promise<Mark[]> {
  const made = await ctx.keyring.digest("identity", texts);
  return made.flat().map(({ digest }) => digest.readBigInt64BE(0).toString());
}

/** What was found, opened to be compared; what its key cannot open any more is not in the answer. */
export async function openFilings<Found extends FoundFiling>(
  ctx: Pick<Context, "keyring">,
  found: readonly Found[],
): Promise<{ readonly filing: Found; readonly profile: Profile }[]> {
  const plains = await ctx.keyring.open(
    found.map((one) => ({ field: "integrity.filing" as const, row: one.id, sealed: one.sealed })),
  );
  return found.flatMap((filing, i) => {
    const plain = plains[i];
    return plain === undefined ? [] : [{ filing, profile: (JSON.parse(plain) as SealedFiling).profile }];
  });
}
