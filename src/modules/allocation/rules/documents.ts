import { canonicalJson } from "#kernel/canonical-json.ts";
import { fromBase64, fromHex, joinBytes, sha256, sha256Writer, toBase64, toHex, utf8 } from "#kernel/digest.ts";
import type { Assignment, Cutoffs, Digest, DrawId, Manifest, Opening, Outcome, Promised, Result } from "../types.ts";

/** SHA-256 of a published document's canonical JSON. */
export function documentHash(body: Opening | Manifest | Result | Cutoffs): Digest {
  return toHex(sha256(utf8(canonicalJson(body)))) as Digest;
}

/** The text of an opening notice that the operator signs. `operator` is the name in its signature line. */
export function openingText(operator: string, opening: Opening): string {
  return lines(`${operator}/opening`, opening.draw, base64(documentHash(opening)));
}

/**
 * The manifest as a checkpoint of a log of its own (https://c2sp.org/tlog-checkpoint): origin, number of leaves,
 * root, and the manifest's hash. A witness signs one checkpoint of an origin and size, so two manifests of one
 * draw need two willing witnesses.
 */
export function manifestText(operator: string, manifest: Manifest): string {
  const hash = `manifest ${base64(documentHash(manifest))}`;
  return lines(`${operator}/draw/${manifest.draw}`, String(manifest.count), base64(manifest.root), hash);
}

export function resultText(operator: string, result: Result): string {
  return lines(`${operator}/result`, result.draw, base64(documentHash(result)));
}

/** What a household takes home: which leaf is promised to which draw, since when, and which promise it ends. */
export function promiseText(operator: string, { draw, leaf, at, replaces }: Promised): string {
  return lines(
    `${operator}/promise`,
    draw,
    leaf ? base64(leaf) : WITHDRAWN,
    String(at),
    replaces ? base64(replaces) : FIRST,
  );
}
const WITHDRAWN = "withdrawn";
const FIRST = "first";

export function parsePromise(operator: string, text: string): Promised | undefined {
  const [, draw, leaf = "", at = "", replaces = ""] = text.split("\n");
  const digestOf = (part: string): Digest | null => {
    const bytes = fromBase64(part);
    return bytes?.length === 32 ? (toHex(bytes) as Digest) : null;
  };
  const promise = { draw: draw as DrawId, leaf: digestOf(leaf), at: Number(at), replaces: digestOf(replaces) };
  // Written again it must be the same text, so nothing can be read into it that was not signed.
  return Number.isSafeInteger(promise.at) && promiseText(operator, promise) === text ? promise : undefined;
}

/** Writes assignments as canonical JSON would: offices, groups and days are few, and each is spelled once. */
export function assignmentSpeller(): (assigned: Assignment) => string {
  const known = new Map<string, string>();
  const spelled = (text: string): string => {
    let found = known.get(text);
    if (found === undefined) known.set(text, (found = canonicalJson(text)));
    return found;
  };
  return ({ option, office, date, seats }) => {
    let list = "";
    for (const { group, band } of seats) list += `${list === "" ? "" : ","}{"band":${band},"group":${spelled(group)}}`;
    return `{"date":${spelled(date)},"office":${spelled(office)},"option":${option},"seats":[${list}]}`;
  };
}

/** Of all outcomes in ascending order of number; one line each, so that nobody needs them all in memory. */
export function outcomeHash(outcomes: Iterable<Outcome>): Digest {
  const hash = outcomeHasher();
  for (const outcome of outcomes) hash.add(outcome);
  return hash.digest();
}

/** The same for whoever passes them on meanwhile. */
export function outcomeHasher() {
  const CHUNK = 4096;
  // Lines that become bytes together: texts that are kept for a whole chunk would be garbage that is collected late.
  const FEW = 64;
  const write = sha256Writer();
  const digest = sha256();
  const spell = assignmentSpeller();
  let chunk: Uint8Array[] = [];
  let text = "";
  let count = 0;
  const encode = (): void => {
    chunk.push(utf8(text));
    text = "";
  };
  // A chain over chunks: SHA-256 of what was before and the next lines.
  const close = (): void => {
    write(joinBytes(digest, ...chunk), digest, 0);
    chunk = [];
  };
  return {
    add({ app, turn, assigned }: Outcome): void {
      text += `{"app":"${app}","assigned":${assigned ? spell(assigned) : "null"},"turn":${turn}}\n`;
      count += 1;
      if (count % FEW === 0) encode();
      if (count % CHUNK === 0) close();
    },
    digest(): Digest {
      if (text !== "") encode();
      if (chunk.length > 0) close();
      return toHex(digest) as Digest;
    },
  };
}

/**
 * One digest of everything that was read for a draw, part by part: where it is the same, the same leaves stood there.
 * A chain, so that no part can be moved into another.
 */
export function readHasher() {
  const write = sha256Writer();
  const digest = sha256();
  return {
    add(part: string): void {
      write(toHex(digest) + part, digest, 0);
    },
    digest: (): Digest => toHex(digest) as Digest,
  };
}

/**
 * What the operator signs for itself at the lock: the entries as they were read have this digest and gave this root. The
 * draw need not hash a million leaves again to know that they are the same; nobody who can write the database alone can
 * sign another.
 */
export function readText(operator: string, draw: DrawId, digest: Digest, root: Digest): string {
  return lines(`${operator}/entries`, draw, base64(digest), base64(root));
}

function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join("");
}

function base64(digest: Digest): string {
  return toBase64(fromHex(digest));
}
