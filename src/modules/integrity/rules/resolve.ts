import { isSameName, type Profile } from "./profile.ts";

/** A filing that bears a key of the one in question. */
export interface KnownFiling {
  readonly personId: string;
  readonly contactId: string;
  /** Whether all that is known of this person was filed by the contact that files now. */
  readonly ownOnly: boolean;
  readonly profile: Profile;
}

/**
 * Which person a filing is of, or undefined for somebody new. Equal keys are one person; two different CURPs under one
 * name are two. What a contact adds to a person (a CURP to a name, a corrected name to a CURP) joins only what it alone
 * filed: nobody becomes part of another's person by typing (fairness.md 4.4.1). Whoever is already `current` stays it
 * as long as another filing of it agrees.
 */
export function resolve(
  { contactId, profile, current }: { contactId: string; profile: Profile; current: string | undefined },
  known: readonly KnownFiling[],
): string | undefined {
  if (known.some((one) => one.personId === current && agrees(one.profile, profile))) return current;
  const named = known.filter((one) => isSameName(one.profile, profile));
  const curped = profile.curp === "" ? [] : known.filter((one) => one.profile.curp === profile.curp);
  const both = curped.find((one) => named.includes(one));
  if (both) return both.personId;
  const corrected = curped.find((one) => one.ownOnly);
  if (corrected) return corrected.personId;

  const hasCurp = (personId: string) => named.some((one) => one.personId === personId && one.profile.curp !== "");
  const without = named.find((one) => !hasCurp(one.personId));
  if (profile.curp !== "") return without?.ownOnly ? without.personId : undefined;
  const persons = new Set(named.map((one) => one.personId));
  if (persons.size === 1) return named[0]!.personId;
  return (without ?? named.find((one) => one.contactId === contactId))?.personId;
}

/** The same CURP, or the same name under no two CURPs. */
function agrees(a: Profile, b: Profile): boolean {
  if (a.curp !== "" && b.curp !== "") return a.curp === b.curp;
  return isSameName(a, b);
}
