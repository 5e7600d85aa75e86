// The screen on the wall of a hall: shows its board, calls out, and goes on alone while the network is away.
import { announce, isSilent, unlock } from "./hall/aloud.ts";
import { keyOf, take, type Call, type Kept } from "./hall/board.ts";
import { draw, fill, read, type Shown, type Words } from "./hall/draw.ts";
import { listen } from "./hall/stream.ts";

/** A line that was down for less is nobody's concern. */
const OFFLINE_TOLD_MS = 10_000;
/** Seconds for which a language stands: long enough to read the longest sentence twice. */
const LANGUAGE_MS = 9_000;
const CLOCK_MS = 1_000;
const HOUR_MS = 3_600_000;
/** The newest call stands out for so long; it changes once a second, far below what can harm (WCAG 2.3.1). */
const CALLING_MS = 6_000;
const KEPT = "hall-board";
const THEME = "hall-theme";
const CACHE = "hall";

const root = document.getElementById("hall")!;
const data = <T>(name: string): T => JSON.parse(root.dataset[name]!) as T;
const words = data<Record<string, Words>>("words");
const office = data<Record<string, string>>("office");
const locales = data<Record<string, string>>("locales");
const languages = Object.keys(words);

let language = languages[0]!;
let kept: Heard | undefined = recall();
/** Since when the line is down; a page that was just opened has none yet. */
let downSince: number | undefined = kept?.heardAt ?? Date.now();
let revoked = false;
let calling: { readonly key: string; readonly until: number } | undefined;

/** A board, and when it came by the clock of this screen, which may go wrong but agrees with itself. */
interface Heard extends Kept {
  /** Milliseconds. */
  readonly heardAt: number;
}

/** What was kept today: the board of another day says nothing of this one. */
function recall(): Heard | undefined {
  try {
    const last = JSON.parse(localStorage.getItem(KEPT) ?? "null") as Heard | null;
    return last && dayOf(last.heardAt) === dayOf(Date.now()) ? last : undefined;
  } catch {
    return undefined;
  }
}

/** At the office. */
function dayOf(at: number): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: root.dataset["zone"]! }).format(at);
}

function paint(): void {
  const silentFor = downSince === undefined ? 0 : Date.now() - downSince;
  const shown: Shown = {
    language,
    locale: locales[language]!,
    zone: root.dataset["zone"]!,
    office: office[language]!,
    words: words[language]!,
    // A code of the hour that may be over is worse than none: five wrong ones close the way in by telephone.
    board: kept && (silentFor < HOUR_MS ? kept.board : { ...kept.board, hourCode: "" }),
    calling: calling && calling.until > Date.now() ? calling.key : undefined,
    revoked,
    offlineSince: silentFor >= OFFLINE_TOLD_MS ? downSince : undefined,
    silent: isSilent(),
    theme: localStorage.getItem(THEME),
  };
  draw(root, shown, choose);
}

/** The one touch of the day: it also lets the page sound. */
function choose(theme: string): void {
  localStorage.setItem(THEME, theme);
  document.documentElement.dataset["theme"] = theme;
  unlock();
  void document.documentElement.requestFullscreen?.().catch(() => undefined);
  paint();
}

function sentenceOf(call: Call, lang: string): string {
  const of = words[lang]!;
  return fill(of["call"]!, {
    picture: of[`picture_${call.picture}`]!,
    number: call.number,
    station: of[`station_${call.station}`]!.toLowerCase(),
    counter: call.counter,
  });
}

function say(calls: readonly Call[]): void {
  const sentences = calls.map((call) =>
    languages.map((lang) => ({ lang: locales[lang]!, text: sentenceOf(call, lang) })),
  );
  for (const one of sentences) announce(one);
  read(root, sentences);
}

/** Pages and files under the addresses of today, so that the worker finds them; those of an older build go. */
async function keepFiles(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(root.dataset["worker"]!, { scope: location.pathname });
  const files = [...document.querySelectorAll<HTMLLinkElement>("link[href]")].map((one) => one.href);
  const scripts = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map((one) => one.src);
  const wanted = [location.pathname, ...files, ...scripts].map((one) => new URL(one, location.href).href);
  const cache = await caches.open(CACHE);
  await cache.addAll(wanted);
  const old = (await cache.keys()).filter(({ url }) => !wanted.includes(url));
  await Promise.all(old.map((one) => cache.delete(one)));
}

async function forget(): Promise<void> {
  revoked = true;
  kept = undefined;
  localStorage.removeItem(KEPT);
  paint();
  const registration = await navigator.serviceWorker?.getRegistration(location.pathname);
  await registration?.unregister();
  await caches.delete(CACHE);
}

document.documentElement.dataset["theme"] = localStorage.getItem(THEME) ?? "dark";
document.addEventListener("pointerdown", () => {
  if (localStorage.getItem(THEME) !== null) unlock();
  paint();
});
setInterval(() => {
  language = languages[(languages.indexOf(language) + 1) % languages.length]!;
  paint();
}, LANGUAGE_MS);
setInterval(paint, CLOCK_MS);
paint();
// A region that comes with its text is not read out.
read(root, []);
void keepFiles().catch(() => undefined);
listen(root.dataset["events"]!, () => kept?.id, {
  board(id, text) {
    const taken = take(kept, id, JSON.parse(text) as Kept["board"]);
    kept = { ...taken.kept, heardAt: Date.now() };
    const last = taken.aloud.at(-1);
    if (last) calling = { key: keyOf(last), until: Date.now() + CALLING_MS };
    paint();
    say(taken.aloud);
    localStorage.setItem(KEPT, JSON.stringify(kept));
  },
  line(up) {
    if (up) downSince = undefined;
    else downSince ??= Date.now();
  },
  revoked: () => void forget(),
});
