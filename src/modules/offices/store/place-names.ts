import { tidy } from "#kernel/text.ts";

/** Letters that need no folding, which nearly all of the 30,000 names of the lists are made of. */
const PLAIN = /^[A-Za-z0-9 .,'-]*$/;

/**
 * A place's name as it is compared: no accents, capitals, dots or control characters, with the words that
 * people shorten always short.
 */
export function fold(name: string): string {
  const plain = PLAIN.test(name) ? name : tidy(name).normalize("NFD").replace(/\p{M}/gu, "");
  return plain
    .toLowerCase()
    .replace(/[.'’]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .replace(/\bsaint\b/g, "st")
    .replace(/\bsainte\b/g, "ste")
    .replace(/\bfort\b/g, "ft")
    .replace(/\bmount\b/g, "mt")
    .trim();
}

/** `Mc Allen`, `McAllen` and `DeSoto`, `De Soto` are one. */
export function squeeze(folded: string): string {
  return folded.replaceAll(" ", "");
}

/** What people who speak Spanish call a city, both as squeezed names. */
export const SPANISH_CITIES: ReadonlyMap<string, string> = new Map([
  ["nuevayork", "newyork"],
  ["nuevaorleans", "neworleans"],
  ["filadelfia", "philadelphia"],
  ["nuevobrunswick", "newbrunswick"],
]);

/** Folded names of states and provinces, in English and Spanish, to their postal codes. */
export const FULL_STATE_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    AL: "alabama",
    AK: "alaska",
    AZ: "arizona",
    AR: "arkansas",
    CA: "california",
    CO: "colorado",
    CT: "connecticut",
    DE: "delaware",
    DC: "district of columbia|distrito de columbia",
    FL: "florida",
    GA: "georgia",
    HI: "hawaii|hawai",
    ID: "idaho",
    IL: "illinois",
    IN: "indiana",
    IA: "iowa",
    KS: "kansas",
    KY: "kentucky",
    LA: "louisiana|luisiana",
    ME: "maine",
    MD: "maryland",
    MA: "massachusetts",
    MI: "michigan",
    MN: "minnesota",
    MS: "mississippi|misisipi",
    MO: "missouri|misuri",
    MT: "montana",
    NE: "nebraska",
    NV: "nevada",
    NH: "new hampshire|nuevo hampshire",
    NJ: "new jersey|nueva jersey",
    NM: "new mexico|nuevo mexico",
    NY: "new york|nueva york",
    NC: "north carolina|carolina del norte",
    ND: "north dakota|dakota del norte",
    OH: "ohio",
    OK: "oklahoma",
    OR: "oregon",
    PA: "pennsylvania|pensilvania",
    RI: "rhode island",
    SC: "south carolina|carolina del sur",
    SD: "south dakota|dakota del sur",
    TN: "tennessee",
    TX: "texas|tejas",
    UT: "utah",
    VT: "vermont",
    VA: "virginia",
    WA: "washington",
    WV: "west virginia|virginia occidental",
    WI: "wisconsin",
    WY: "wyoming",
    PR: "puerto rico",
    VI: "virgin islands|islas virgenes",
    GU: "guam",
    BC: "british columbia|columbia britanica",
    ON: "ontario",
    NL: "newfoundland and labrador|terranova y labrador",
    NS: "nova scotia|nueva escocia",
    PE: "prince edward island|isla del principe eduardo",
    NB: "new brunswick|nuevo brunswick",
    QC: "quebec",
    MB: "manitoba",
    SK: "saskatchewan",
    AB: "alberta",
    NT: "northwest territories|territorios del noroeste",
    YT: "yukon",
  }).flatMap(([code, names]) => names.split("|").map((name): [string, string] => [name, code])),
);
