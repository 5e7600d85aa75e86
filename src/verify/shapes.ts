import { isUuid } from "#kernel/ids.ts";
import type { SealedFiling } from "#modules/allocation/rules/live.ts";
import type {
  Assignment,
  Beacon,
  Cell,
  CellCutoff,
  Cutoffs,
  InclusionProof,
  Manifest,
  Opening,
  Result,
  Signer,
} from "#modules/allocation/types.ts";

/** Just enough of a look at a stranger's JSON that the checks can read it; what it claims is for the checks. */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const digest: Check = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const uuid: Check = (value) => typeof value === "string" && isUuid(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const recordOf =
  (check: Check): Check =>
  (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(check);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

function shape<T>(fields: Readonly<Record<keyof T & string, Check>>) {
  return (value: unknown): value is T =>
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).length === Object.keys(fields).length &&
    Object.entries<Check>(fields).every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

const isSigner = shape<Signer>({ name: text, key: digest });
const isQuicknet = shape<{ source: "drand"; chain: string; round: number }>({
  source: (value) => value === "drand",
  chain: digest,
  round: whole,
});
const isOperator = shape<{ source: "operator" }>({ source: (value) => value === "operator" });
const isPolicy = shape<Opening["policy"]>({
  version: text,
  bands: listOf(text),
  tierShares: listOf(whole),
  contactShares: recordOf(whole),
  domainShare: whole,
  maxOptions: whole,
  maxPersons: whole,
  maxPlaces: whole,
  lossCredit: (value) => typeof value === "object" && value !== null,
});

export const isOpening = shape<Opening>({
  v: (value) => value === 1,
  draw: uuid,
  follows: orNull(uuid),
  opensAt: whole,
  locksAt: whole,
  drawsAt: whole,
  beacon: (value) => isQuicknet(value) || isOperator(value),
  policy: isPolicy,
  operator: isSigner,
  witnesses: listOf(isSigner),
  quorum: whole,
});

export const isManifest = shape<Manifest>({
  v: (value) => value === 1,
  draw: uuid,
  opening: digest,
  root: digest,
  supply: digest,
  count: whole,
  persons: whole,
  counts: Array.isArray,
  sealed: digest,
  round: orNull(whole),
  code: text,
  at: whole,
});

export const isResult = shape<Result>({
  v: (value) => value === 1,
  draw: uuid,
  manifest: digest,
  randomness: digest,
  seed: digest,
  outcome: digest,
  cutoffs: digest,
  served: whole,
  waiting: whole,
});

export const isBeacon = shape<Beacon>({
  draw: uuid,
  round: orNull(whole),
  signature: orNull(text),
  randomness: digest,
});

export const isCell = shape<Cell>({ office: text, group: text, date: text, band: whole, places: whole });

export const isCellCutoff = shape<CellCutoff>({
  office: text,
  group: text,
  date: text,
  band: whole,
  left: whole,
  steps: listOf(shape<CellCutoff["steps"][number]>({ turn: whole, key: digest, left: whole })),
});

export const isShares = shape<Omit<Cutoffs, "cells">>({
  tiers: (value) => Array.isArray(value) && value.length === 2 && value.every(orNull(digest)),
  contacts: recordOf(orNull(digest)),
  domains: recordOf(digest),
});

export const isProof = shape<InclusionProof>({ index: whole, count: whole, path: listOf(digest) });

export const isFiling = shape<SealedFiling>({
  app: (value) => typeof value === "string" && /^[0-9a-f]{32}$/.test(value),
  level2: (value) => typeof value === "boolean",
  salt: digest,
  name: digest,
  curp: orNull(digest),
});

const isPlace = shape<Assignment>({
  option: whole,
  office: text,
  date: text,
  seats: listOf(shape<Assignment["seats"][number]>({ group: text, band: whole })),
});
export const isAssignment = (value: unknown): value is Assignment | null => value === null || isPlace(value);
