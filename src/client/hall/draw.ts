// Draws the board into the page. Each part is made again only when what it shows has changed, so that a reader of the
// screen hears nothing twice and nothing flickers.
import { keyOf, type Board, type Call } from "./board.ts";

export type Words = Readonly<Record<string, string>>;

export interface Shown {
  readonly language: string;
  readonly locale: string;
  readonly zone: string;
  readonly office: string;
  readonly words: Words;
  readonly board: Board | undefined;
  /** Key of the call that is being called out. */
  readonly calling: string | undefined;
  readonly revoked: boolean;
  /** Milliseconds UTC; undefined while the line is up, or down for a moment only. */
  readonly offlineSince: number | undefined;
  readonly silent: boolean;
  /** Null before the first touch. */
  readonly theme: string | null;
}

/** Calls beside the newest: what fits with letters of an eighth of the screen's height. */
const MOST_BEFORE = 4;
const SVG = "http://www.w3.org/2000/svg";

/** The words of a text with its values; a text of ours has no other braces. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

type Part = (shown: Shown, choose: (theme: string) => void) => (Node | string)[];

/** The parts of the screen, in their order; each is one element for the life of the page. */
const PARTS: readonly (readonly [tag: string, name: string, part: Part, about: (shown: Shown) => unknown])[] = [
  ["header", "top", top, ({ office, locale }) => [office, locale, minuteOf(Date.now())]],
  ["section", "start", start, ({ theme, revoked }) => [theme === null || revoked]],
  ["section", "now", newest, ({ board, calling }) => [board?.calls[0], calling]],
  ["section", "before", before, ({ board }) => board?.calls.slice(1)],
  ["section", "queues", queues, ({ board }) => [board?.stations, board?.lines, board?.hourCode]],
  ["section", "ready", ready, ({ board }) => board?.ready],
  [
    "footer",
    "foot",
    foot,
    ({ board, offlineSince, silent, theme }) => [board !== undefined, board?.suspended, offlineSince, silent, theme],
  ],
];

const drawn = new WeakMap<Element, string>();

export function draw(root: HTMLElement, shown: Shown, choose: (theme: string) => void): void {
  root.lang = shown.language;
  for (const [tag, name, part, about] of PARTS) {
    let element = root.querySelector(`:scope > .${name}`);
    if (!element) {
      element = make(tag, name);
      root.append(element);
    }
    const signature = JSON.stringify([shown.language, about(shown)]);
    if (drawn.get(element) === signature) continue;
    drawn.set(element, signature);
    element.replaceChildren(...part(shown, choose));
  }
}

/**
 * Tells a reader of the screen of calls, each once in every language: what is drawn is made again with each change of the
 * language, and would be read out every few seconds.
 */
export function read(
  root: HTMLElement,
  calls: readonly (readonly { readonly lang: string; readonly text: string }[])[],
) {
  let region = root.querySelector(":scope > .read");
  if (!region) {
    region = make("div", "read unseen");
    region.setAttribute("role", "status");
    root.append(region);
  }
  const sentences = calls.flat().map(({ lang, text }) => {
    const sentence = make("p", "", text);
    sentence.lang = lang;
    return sentence;
  });
  if (sentences.length > 0) region.replaceChildren(...sentences);
}

function top({ office, locale, zone }: Shown): Node[] {
  const hour = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone });
  return [make("h1", "office", office), make("p", "clock", hour.format(Date.now()))];
}

function start({ words, theme, revoked }: Shown, choose: (theme: string) => void): Node[] {
  if (revoked) return [make("p", "alone", words["revoked"]!)];
  if (theme !== null) return [];
  const buttons = (["dark", "bright"] as const).map((one) => {
    const button = make("button", one, words[one === "dark" ? "startDark" : "startBright"]!);
    button.addEventListener("click", () => choose(one));
    return button;
  });
  return [make("p", "lead", words["startLead"]!), make("p", "choices", ...buttons)];
}

function newest({ words, board, calling }: Shown): Node[] {
  const call = board?.calls[0];
  if (!call) return [make("p", "nobody", words["nobody"]!)];
  const box = codeOf(call, words);
  if (keyOf(call) === calling) box.classList.add("calling");
  return [make("h2", "", words["now"]!), box];
}

function before({ words, board }: Shown): Node[] {
  const calls = board?.calls.slice(1, 1 + MOST_BEFORE) ?? [];
  if (calls.length === 0) return [];
  return [
    make("h2", "unseen", words["before"]!),
    make("ul", "", ...calls.map((call) => make("li", "", codeOf(call, words)))),
  ];
}

/** Whose papers can be fetched. */
function ready({ words, board }: Shown): Node[] {
  const codes = board?.ready ?? [];
  if (codes.length === 0) return [];
  const code = ({ picture, number }: (typeof codes)[number]) =>
    make("li", "", pictureOf(picture, words), make("span", "", String(number)));
  return [make("h2", "", words["ready"]!), make("ul", "", ...codes.map(code))];
}

function pictureOf(name: string, words: Words): Element {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", words[`picture_${name}`]!);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#turn-${name}`);
  picture.append(use);
  return picture;
}

/** Picture and number of a turn, and where it goes. */
function codeOf(call: Call, words: Words): HTMLElement {
  const picture = pictureOf(call.picture, words);
  const place = make("span", "place", words[`station_${call.station}`]!, " ", make("b", "", String(call.counter)));
  const box = make("p", "code", picture, " ", make("span", "number", String(call.number)), " ", place);
  box.dataset["call"] = keyOf(call);
  return box;
}

function queues({ words, board }: Shown): Node[] {
  if (!board) return [];
  const row = (name: string, waiting: number, more?: string): HTMLElement =>
    make(
      "li",
      "",
      make("b", "", name),
      " ",
      make("span", "", fill(words["waiting"]!, { count: waiting })),
      ...(more === undefined ? [] : [" ", make("span", "more", more)]),
    );
  const stations = board.stations.map(({ station, waiting, minutes }) => {
    const more = minutes === null ? undefined : fill(words["minutes"]!, { minutes });
    return row(words[`station_${station}`]!, waiting, more);
  });
  const lines = [row(words["withHour"]!, board.lines.withHour), row(words["without"]!, board.lines.without)];
  return [
    make("h2", "", words["queues"]!),
    make("ul", "stations", ...stations),
    make("ul", "lines", ...lines),
    ...(board.hourCode === "" ? [] : [make("p", "hour", words["hourCode"]!, " ", make("b", "", board.hourCode))]),
  ];
}

function foot(shown: Shown, choose: (theme: string) => void): Node[] {
  const { words, board, locale, zone, offlineSince, silent, theme, language } = shown;
  const hour = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: zone });
  const suspended = (board?.suspended ?? []).map(({ name, station, newsAt }) => {
    const what = station === undefined ? name?.[language] : words[`station_${station}`];
    return make("p", "suspended", fill(words["suspended"]!, { service: what ?? "", time: newsAt }));
  });
  const other = theme === "dark" ? "bright" : "dark";
  const button = make("button", "theme", words[other === "dark" ? "toDark" : "toBright"]!);
  button.addEventListener("click", () => choose(other));
  return [
    ...suspended,
    ...(board ? [make("p", "rule", words["rule"]!)] : []),
    ...(offlineSince === undefined
      ? []
      : [make("p", "offline", fill(words["offline"]!, { time: hour.format(offlineSince) }))]),
    ...(silent && theme !== null ? [make("p", "silent", words["silent"]!)] : []),
    ...(theme === null ? [] : [button]),
  ];
}

function make(tag: string, name = "", ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (name !== "") element.className = name;
  element.append(...children);
  return element;
}

function minuteOf(instant: number): number {
  return Math.floor(instant / 60_000);
}
