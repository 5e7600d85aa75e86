import { domainToASCII } from "node:url";
import { parsePhoneNumberFromString, type CountryCode, type NumberType } from "libphonenumber-js/max";
import { z } from "zod";
import { hasForbiddenCharacters, tidy } from "#kernel/text.ts";
import type { CodeKind } from "./types.ts";

export interface Address {
  /** What a message is sent to. */
  readonly address: string;
  /** What two spellings of one address share; only ever used inside a keyed digest. */
  readonly key: string;
  readonly keyKind: "email" | "phone" | "whatsapp";
  /** What may be shown on a page; its length says nothing. */
  readonly masked: string;
}

/** RFC 5321: longest path without its brackets. */
const EMAIL_MAX_LENGTH = 254;
const EMAIL_LOCAL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;
const EMAIL_DOMAIN = /^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}$/;
const PHONE_MAX_LENGTH = 40;
/** Where the offices and the families are; codes to anywhere else are what premium-number fraud lives on. */
const COUNTRIES: readonly CountryCode[] = ["US", "CA", "MX"];
/** Numbers that cost the caller, or that nobody answers in person. */
const NO_PERSON: readonly NumberType[] = ["PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "UAN", "PAGER", "VOICEMAIL"];

/** Reads an address as people type it; undefined when no message can reach it. */
export function parseAddress(kind: CodeKind | "whatsapp", typed: string): Address | undefined {
  if (kind === "email") return parseEmail(typed);
  return (kind === "whatsapp" ? parseUserId(typed) : undefined) ?? parsePhone(typed);
}

/** From 2026 a message may come without any number: then this is all that there is (dependencies.md, trap 7). */
const USER_ID = /^wa:[\w.-]{1,128}$/;

function parseUserId(typed: string): Address | undefined {
  if (!USER_ID.test(typed)) return undefined;
  return { address: typed, key: typed, keyKind: "whatsapp", masked: "WhatsApp" };
}

function parseEmail(typed: string): Address | undefined {
  if (typed.length > EMAIL_MAX_LENGTH || hasForbiddenCharacters(typed)) return undefined;
  const text = tidy(typed);
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  if (at < 1 || !EMAIL_LOCAL.test(local) || local.startsWith("-") || !EMAIL_DOMAIN.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  // Telephones write the first letter large; a capital is not another person.
  return { address, key: `email:${address.toLowerCase()}`, keyKind: "email", masked: `${local[0]}•••@${domain}` };
}

function parsePhone(typed: string): Address | undefined {
  if (typed.length > PHONE_MAX_LENGTH || hasForbiddenCharacters(typed)) return undefined;
  const text = tidy(typed);
  const plain = text.replace(/[^\d+]/g, "");
  // Until 2019 Mexican mobiles carried a 1 after the 52, and address books still do.
  const mobile = /^(?:\+|00|011)?521(\d{10})$/.exec(plain);
  const number = parsePhoneNumberFromString(mobile ? `+52${mobile[1]}` : text, "US");
  if (!number?.isValid() || number.ext || !number.country || !COUNTRIES.includes(number.country)) return undefined;
  const type = number.getType();
  if (type && NO_PERSON.includes(type)) return undefined;
  return {
    address: number.number,
    key: `phone:${number.number}`,
    keyKind: "phone",
    masked: `•••• ${number.number.slice(-4)}`,
  };
}

/** The digits of a code or PIN as people type them; undefined when there are more or fewer. */
export function parseDigits(typed: string, count: number): string | undefined {
  const digits = typed.slice(0, 40).replace(/[\s.-]/g, "");
  return digits.length === count && /^\d+$/.test(digits) ? digits : undefined;
}

const base64url = z
  .string()
  .max(16_384)
  .regex(/^[\w-]+$/);
const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
};
const extensions = z.record(z.string(), z.unknown()).default({});

/** What a browser answers to a registration; nothing of it is believed before it is verified. */
export const registrationSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  clientExtensionResults: extensions,
});

export const signInSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.optional(),
  }),
  clientExtensionResults: extensions,
});
