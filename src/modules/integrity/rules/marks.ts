import { soundexEs } from "./likeness.ts";
import { nameText, type Profile } from "./profile.ts";

/** Texts behind the two keys of a person; each finds every filing that bears it. They are digested and never stored. */
export function keyTexts(profile: Profile): string[] {
  const name = `name|${nameText(profile)}`;
  return profile.curp === "" ? [name] : [name, `curp|${profile.curp}`];
}

/** Characters of a CURP that tell names and birth date. */
const CURP_BLOCK = 10;

/**
 * Texts of what near-duplicates share. `address` is the contact's, as one of `countedAddress`.
 *
 * Where fairness.md 4.4.2 has the sound of the surname with the year of birth, which is a thousand people of a common
 * name among a million, here each two of year, month and day stand with the sound, and day and month in either order:
 * a slip in a date leaves one of them as it was. The sound of all three names finds whose date is another altogether.
 */
export function markTexts({ given, first, second, bornOn, curp }: Profile, address: string | undefined): string[] {
  const sound = soundexEs(first);
  const [year, month, day] = bornOn.split("-") as [string, string, string];
  const texts = [
    `born|${bornOn}`,
    `ym|${sound}|${year}-${month}`,
    `yd|${sound}|${year}--${day}`,
    `md|${sound}|${month}-${day}`,
  ];
  if (Number(day) <= 12) texts.push(`swap|${sound}|${year}|${[month, day].sort().join("|")}`);
  if (second !== "") texts.push(`names|${[given[0]!, first, second].map(soundexEs).join("|")}`);
  if (curp !== "") texts.push(`curp|${curp.slice(0, CURP_BLOCK)}`);
  if (address !== undefined) texts.push(address);
  return texts;
}

/** Providers that pass over what stands after a plus, and of these those for whom dots are nothing (fairness.md 3). */
const PLUS_IS_NOTHING = /^(gmail|outlook|hotmail|live|icloud|me|fastmail|proton|protonmail)\.[a-z.]+$/;
const DOTS_ARE_NOTHING = "gmail.com";
const SAME_PROVIDER: Readonly<Record<string, string>> = { "googlemail.com": "gmail.com" };

/**
 * An address as it is counted: spellings that reach one mailbox are one. Only ever used inside a keyed digest; messages
 * go to what was typed. Idempotent. A number is itself.
 */
export function countedAddress(address: string): string {
  const at = address.lastIndexOf("@");
  if (at < 0) return `phone|${address.replace(/^phone\|/, "")}`;
  const typed = address
    .slice(at + 1)
    .normalize("NFKC")
    .toLowerCase();
  const domain = SAME_PROVIDER[typed] ?? typed;
  let local = address
    .slice(0, at)
    .replace(/^email\|/, "")
    .toLowerCase();
  if (PLUS_IS_NOTHING.test(domain)) local = local.replace(/\+.*$/, "");
  if (domain === DOTS_ARE_NOTHING) local = local.replace(/\./g, "");
  return `email|${local}@${domain}`;
}
