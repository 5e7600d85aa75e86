import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Country, GeoPoint } from "../types.ts";
import { FULL_STATE_NAMES, SPANISH_CITIES, fold, squeeze } from "./place-names.ts";

/** Characters of a place that anybody types; the longest name of the package has fewer. */
const LONGEST_QUERY = 80;
/** Places offered when a name stands for several. */
const MOST_PLACES = 5;
/** Shorter beginnings of a name would fit hundreds of places. */
const SHORTEST_BEGINNING = 3;
/** Towns of which a map chooses: those that stand in each other's way are left out there. */
const MOST_TOWNS = 24;
/** Words of the longest name of a province, "isla del principe eduardo". */
const LONGEST_STATE_WORDS = 4;
/** A Canadian area stands for about three times as many people as a US postal code (38 M / 1,620 against 340 M / 42,500). */
const CANADIAN_WEIGHT = 3;

/** Columns of equal length, in the order of the names: 31,000 small objects would take five times the memory. */
interface Places {
  /** As compared: squeezed. Places of one name stand side by side. */
  readonly names: readonly string[];
  readonly cities: readonly string[];
  readonly states: readonly string[];
  /** Of its lowest postal code, nearly always downtown; a mean would be pulled away by codes that the lists misplace. */
  readonly lats: Float32Array;
  readonly lngs: Float32Array;
  /** Postal codes that share the name: a measure of its size. */
  readonly weights: Uint16Array;
}

interface Gazetteer extends Places {
  /** Five digits, or the first three characters of a Canadian code, to the rank of its record. */
  readonly codes: ReadonlyMap<string, number>;
  /** Latitude and longitude of each record in turn. */
  readonly positions: Float32Array;
  /** Rank of each record's place. */
  readonly placeOf: Int32Array;
}

let loaded: Gazetteer | undefined;

/**
 * Up to five places that a postal code or a city of the United States or Canada may mean, the largest
 * first: `93701`, `93701-1234`, `H3A 1V4`, `Fresno`, `fresno ca`, `san josé`, `Nueva York`.
 */
export function findPlaces(query: string): GeoPoint[] {
  if (query.length > LONGEST_QUERY) return [];
  const folded = fold(query);
  if (folded === "") return [];
  const gazetteer = (loaded ??= load());
  const code = postalCodeIn(folded);
  if (code !== undefined) return pointOfCode(gazetteer, code);
  return pointsNamed(gazetteer, folded);
}

/** Reads the package's lists now, so that the first person who asks does not wait for it. */
export function warmGazetteer(): void {
  loaded ??= load();
}

/** Towns within so many degrees north or south and as far east or west, the largest first: what a drawn map names. */
export function townsAround({ lat, lng }: { readonly lat: number; readonly lng: number }, degrees: number): GeoPoint[] {
  const gazetteer = (loaded ??= load());
  const east = degrees / Math.cos((lat * Math.PI) / 180);
  const found: number[] = [];
  for (let at = 0; at < gazetteer.names.length; at++)
    if (Math.abs(gazetteer.lats[at]! - lat) <= degrees && Math.abs(gazetteer.lngs[at]! - lng) <= east) found.push(at);
  return found
    .sort((a, b) => gazetteer.weights[b]! - gazetteer.weights[a]! || a - b)
    .slice(0, MOST_TOWNS)
    .map((at) => pointOf(gazetteer, at));
}

function postalCodeIn(folded: string): string | undefined {
  const compact = folded.replaceAll(" ", "");
  const us = /^(\d{5})(\d{4})?$/.exec(compact);
  if (us) return us[1];
  return /^[a-z]\d[a-z](\d[a-z]\d)?$/.test(compact) ? compact.slice(0, 3) : undefined;
}

function pointOfCode(gazetteer: Gazetteer, code: string): GeoPoint[] {
  const at = gazetteer.codes.get(code);
  if (at === undefined) return [];
  const [lat, lng] = gazetteer.positions.subarray(2 * at, 2 * at + 2);
  return [{ ...pointOf(gazetteer, gazetteer.placeOf[at]!), lat: round(lat!), lng: round(lng!) }];
}

function pointsNamed(gazetteer: Gazetteer, folded: string): GeoPoint[] {
  const whole = placesNamed(gazetteer, squeeze(folded), undefined);
  if (whole.length > 0) return best(gazetteer, whole);
  const words = folded.split(" ");
  for (let taken = 1; taken <= LONGEST_STATE_WORDS && taken < words.length; taken++) {
    const tail = words.slice(-taken).join(" ");
    const state = FULL_STATE_NAMES.get(tail) ?? (/^[a-z]{2}$/.test(tail) ? tail.toUpperCase() : undefined);
    if (state === undefined) continue;
    const found = placesNamed(gazetteer, squeeze(words.slice(0, -taken).join(" ")), state);
    if (found.length > 0) return best(gazetteer, found);
  }
  return best(gazetteer, placesBeginning(gazetteer, squeeze(folded)));
}

function placesNamed({ names, states }: Places, name: string, state: string | undefined): number[] {
  const wanted = SPANISH_CITIES.get(name) ?? name;
  const found: number[] = [];
  for (let at = lowerBound(names, wanted); names[at] === wanted; at++) {
    if (state === undefined || states[at] === state) found.push(at);
  }
  return found;
}

function placesBeginning({ names }: Places, beginning: string): number[] {
  if (beginning.length < SHORTEST_BEGINNING) return [];
  const found: number[] = [];
  for (let at = lowerBound(names, beginning); names[at]?.startsWith(beginning); at++) found.push(at);
  return found;
}

function best(places: Places, found: readonly number[]): GeoPoint[] {
  return [...found]
    .sort((a, b) => places.weights[b]! - places.weights[a]! || a - b)
    .slice(0, MOST_PLACES)
    .map((at) => pointOf(places, at));
}

function pointOf({ cities, states, lats, lngs }: Places, at: number): GeoPoint {
  const state = states[at]!;
  const country: Country = CANADIAN.has(state) ? "CA" : "US";
  return { lat: round(lats[at]!), lng: round(lngs[at]!), label: `${cities[at]!}, ${state}`, state, country };
}

/** Four decimals are ten metres, more than the lists know. */
function round(degrees: number): number {
  return Math.round(degrees * 10_000) / 10_000;
}

function lowerBound(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The lists of the package without its own index: that holds on to 80 MB. Here each record is
 * read in turn from the text and only what is asked for stays.
 */
function load(): Gazetteer {
  const codes = new Map<string, number>();
  const positions: number[] = [];
  const placeOf: number[] = [];
  const found: { name: string; city: string; state: string; weight: number; first: number }[] = [];
  const written = new Map<string, number>();
  const folded = new Map<string, number>();

  const placeFor = (city: string, state: string): number => {
    const known = written.get(`${city}|${state}`);
    if (known !== undefined) return known;
    const name = squeeze(fold(city));
    const at = folded.get(`${name}|${state}`) ?? found.length;
    if (at === found.length) found.push({ name, city: capitalised(city), state, weight: 0, first: codes.size });
    folded.set(`${name}|${state}`, at);
    written.set(`${city}|${state}`, at);
    return at;
  };

  for (const { zip, city, latitude, longitude, ...record } of records()) {
    const american = record.country === "US";
    const state = american ? record.state : (PROVINCES[zip[0]!] ?? "");
    for (const [i, name] of (american ? [city] : canadianNames(city)).entries()) {
      const at = placeFor(name, state);
      found[at]!.weight += american ? 1 : CANADIAN_WEIGHT;
      if (i === 0) placeOf.push(at);
    }
    codes.set(zip.toLowerCase(), positions.length / 2);
    positions.push(latitude, longitude);
  }
  const order = found.map((_, at) => at).sort((a, b) => (found[a]!.name < found[b]!.name ? -1 : 1));
  const rank = new Int32Array(order.length);
  order.forEach((at, i) => (rank[at] = i));
  return {
    codes,
    positions: Float32Array.from(positions),
    placeOf: Int32Array.from(placeOf, (at) => rank[at]!),
    names: order.map((at) => found[at]!.name),
    cities: order.map((at) => found[at]!.city),
    states: order.map((at) => found[at]!.state),
    lats: Float32Array.from(order, (at) => positions[2 * found[at]!.first]!),
    lngs: Float32Array.from(order, (at) => positions[2 * found[at]!.first + 1]!),
    weights: Uint16Array.from(order, (at) => found[at]!.weight),
  };
}

interface PackageRecord {
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly city: string;
  readonly state: string;
  readonly country: string;
}

function* records(): Generator<PackageRecord> {
  const require = createRequire(import.meta.url);
  for (const list of [require.resolve("zipcodes/lib/codes.js"), require.resolve("zipcodes/lib/codesCanada.js")]) {
    const text = readFileSync(list);
    let found = 0;
    for (let from = text.indexOf('{"zip":'); from >= 0; from = text.indexOf('{"zip":', from + 1)) {
      const record = JSON.parse(text.toString("utf8", from, text.indexOf("}", from) + 1)) as PackageRecord;
      found += 1;
      if (record.latitude !== 0 && record.longitude !== 0) yield record;
    }
    if (found === 0) throw new Error("the lists of zipcodes are not written as they used to be");
  }
}

/** Provinces by the first letter of a Canadian postal code; the package's own names are often a district's. */
const PROVINCES: Readonly<Record<string, string>> = {
  A: "NL",
  B: "NS",
  C: "PE",
  E: "NB",
  G: "QC",
  H: "QC",
  J: "QC",
  K: "ON",
  L: "ON",
  M: "ON",
  N: "ON",
  P: "ON",
  R: "MB",
  S: "SK",
  T: "AB",
  V: "BC",
  X: "NT",
  Y: "YT",
};
const CANADIAN: ReadonlySet<string> = new Set(Object.values(PROVINCES));

const DIRECTIONS =
  /\b(downtown|old|inner|outer|upper|lower|central|north|south|east|west|northeast|northwest|southeast|southwest|& west)\b/gi;
/** Cities of their own whose name begins with a direction. */
const OWN_NAMES = /^(North|West) (Vancouver|Bay)\b|^Old Crow\b/;

/** `Downtown Montreal North` is Montreal, `Calgary (rundle / Whitehorn)` is Calgary, `Eastern Alberta (st. Paul)` is also St. Paul. */
function canadianNames(city: string): string[] {
  const outside = city.replace(/\(.*$/, "").trim();
  const own = OWN_NAMES.exec(outside)?.[0];
  const bare =
    own ??
    outside
      .replace(DIRECTIONS, " ")
      .replace(/\s+/g, " ")
      .replace(/[\s&-]+$/, "")
      .trim();
  const inside = /\(([^)]*)\)?/.exec(city)?.[1]?.split("/") ?? [];
  const names = [bare === "" ? outside : bare, ...inside.map((one) => one.trim())];
  return [...new Set(names.filter((one) => one !== ""))];
}

/** The lists write `(st. Paul)` and `Mcallen`. */
function capitalised(name: string): string {
  return name
    .replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
    .replace(/\bMc ?([a-z])/gi, (_, letter: string) => `Mc${letter.toUpperCase()}`);
}
