import type { Point } from "../types.ts";

/** What is ours, as the office data and the settings say it. */
export interface OfficialFacts {
  /** The only host on which appointments are made. */
  readonly host: string;
  /** Hosts below which every address is the government's. */
  readonly governmentHosts: readonly string[];
  /** Numbers in E.164. */
  readonly phones: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
}

/** One thing that was found in what somebody typed. */
export interface Verdict {
  readonly kind: "phone" | "email" | "account" | "host";
  /** As it was read; shown to who typed it, and kept by nobody. */
  readonly value: string;
  readonly official: boolean;
}

export interface Judgement {
  readonly found: readonly Verdict[];
  /** It asks for money, or for a code: we never do. */
  readonly asksForMoney: boolean;
  readonly asksForCode: boolean;
}

/** Hosts that a text names, without what follows. Bounded, so that no text takes long. */
const HOST =
  /(?:https?:\/\/)?(?:[a-z0-9-]{1,20}@)?((?:[a-z0-9\u00a1-\uffff-]{1,63}\.){1,5}[a-z\u00a1-\uffff]{2,24})(?![\w\u00a1-\uffff@-]|\.[a-z0-9])/giu;
/** A page by its number is never ours. */
const IP = /\b(?:\d{1,3}\.){3}\d{1,3}\b/gu;

/** Spanish and English words for paying, and for reading out a code. */
const MONEY =
  /\b(?:pag[aoue]\w{0,12}|deposit\w{0,12}|transfer\w{0,12}|zelle|cash ?app|venmo|paypal|western union|anticipo|costo|cobr\w{0,12}|apart[ae]\w{0,12}|payment|fee|\d{1,6} ?(?:dolares|dlls|usd|pesos))|\$ ?\d/iu;
const CODE =
  /\b(?:(?:mand|envi|de|pas|compart|dict|diga|dime)\w{0,8}[^.\n]{0,30}\bcodigo|(?:send|give|tell|share)[^.\n]{0,30}\bcode)/iu;

/**
 * Says of what was typed which numbers, addresses and pages are ours. It answers from lists alone: what is on none is not
 * ours, and a page that looks like ours is not ours either.
 */
export function judgeOfficial(
  typed: string,
  points: readonly (Point & { readonly known: string })[],
  facts: OfficialFacts,
): Judgement {
  const contacts = points.flatMap((point): Verdict[] =>
    point.kind === "account"
      ? [{ kind: "account", value: point.value, official: false }]
      : [
          {
            kind: point.kind,
            value: point.known,
            official: facts[point.kind === "phone" ? "phones" : "emails"].has(point.known),
          },
        ],
  );
  const plain = typed.normalize("NFD").replace(/\p{M}/gu, "");
  const mailHosts = new Set(
    points.flatMap((one) => (one.kind === "email" ? [one.value.split("@")[1]!.toLowerCase()] : [])),
  );
  const hosts = [
    ...[...typed.matchAll(HOST)].map(([, host]) => host!.toLowerCase()),
    ...[...typed.matchAll(IP)].map(([address]) => address),
  ];
  const pages = [...new Set(hosts)]
    .filter((host) => !mailHosts.has(host))
    .map((host): Verdict => ({ kind: "host", value: host, official: isOurs(host, facts) }));
  return {
    found: mostTold([...contacts, ...pages]),
    asksForMoney: MONEY.test(plain),
    asksForCode: CODE.test(plain),
  };
}

/** Things told of one text. */
const MOST_TOLD = 10;

/** Where there are too many, what is not ours is told: ten good numbers hide no false page. */
function mostTold(all: readonly Verdict[]): Verdict[] {
  if (all.length <= MOST_TOLD) return [...all];
  return all.toSorted((a, b) => Number(a.official) - Number(b.official)).slice(0, MOST_TOLD);
}

/** Our own host exactly, or a name below the government's: `citas.gob.mx.ejemplo.com` is neither. */
function isOurs(host: string, { host: own, governmentHosts }: OfficialFacts): boolean {
  return host === own.toLowerCase() || governmentHosts.some((one) => host === one || host.endsWith(`.${one}`));
}
