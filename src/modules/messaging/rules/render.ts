import type { BookingMessageKind, Language, SenderChannel, Wording } from "../types.ts";
import type { LocalDate } from "#kernel/ids.ts";
import { dayOfYear, fullDay, momentOf, type Moment } from "./moments.ts";
import { isReminder } from "./reminders.ts";
import { firstThatFits, toGsm } from "./sms.ts";
import { WORDS, type Words } from "./words.ts";

export interface BookingNotice {
  readonly kind: BookingMessageKind;
  readonly language: Language;
  readonly startsAt: Date;
  readonly zone: string;
  readonly city: string;
  readonly folioTail: string;
  /** Opens a page; opening it changes nothing. */
  readonly link: string;
  readonly origin: string;
  readonly daysLeft: number;
  /** Only when the person asked for the full message; e-mail alone carries them. */
  readonly people: readonly { readonly name: string; readonly services: readonly string[] }[] | undefined;
}

export interface CodeNotice {
  readonly language: Language;
  readonly digits: string;
  readonly minutes: number;
  readonly origin: string;
}

export interface SheetNotice {
  readonly language: Language;
  readonly form: string;
  /** It costs nothing and needs no appointment. */
  readonly free: boolean;
  readonly validDays: number;
  /** The first day on which a signature is still good at the visit. */
  readonly from: LocalDate;
  readonly where: string;
  readonly link: string;
  readonly origin: string;
}

/** What an absent parent is told: nothing of whose child it is, of the office or of the day of the visit but that one signature must not be older. */
export function renderSheet(channel: "email" | "sms", notice: SheetNotice): Wording {
  const { language, form, free, validDays, link } = notice;
  const words = WORDS[language];
  const { sheet } = words;
  const moment = momentOf(new Date(`${notice.from}T12:00:00Z`), "UTC", language);
  const day = dayOfYear(moment, language);
  if (channel === "sms") {
    const variant = (when: string, told: boolean): string => `${sheet.sms(form, when, told)} ${link}`;
    const short = `${moment.shortDay} ${moment.year}`;
    return { text: firstThatFits([variant(day, free), variant(short, free), variant(short, false)]) };
  }
  const { labels } = sheet;
  const facts: [string, string][] = [
    [labels.form, form],
    ...(free ? ([[labels.cost, sheet.free]] as [string, string][]) : []),
    [labels.where, notice.where],
    [labels.from, day],
    [labels.valid, sheet.valid(validDays)],
  ];
  const blocks: Block[] = [
    { lines: [sheet.opening], strong: true },
    { facts },
    { lines: [sheet.names] },
    { lines: [sheet.openPage], link: { text: sheet.linkText, url: link } },
    { lines: [words.opensOnly] },
    { lines: [sheet.unknown] },
    { lines: [words.from(notice.origin)], quiet: true },
  ];
  return { subject: sheet.subject, text: plain(blocks), html: html(language, sheet.subject, blocks) };
}

export function renderNotice(channel: SenderChannel, notice: BookingNotice): Wording {
  const words = WORDS[notice.language];
  const moment = momentOf(notice.startsAt, notice.zone, notice.language);
  switch (channel) {
    case "email":
      return emailNotice(words, moment, notice);
    case "sms":
      return { text: smsNotice(words, moment, notice) };
    case "voice":
      return { text: spokenNotice(words, moment, notice) };
  }
}

export function renderCode(channel: SenderChannel, { language, digits, minutes, origin }: CodeNotice): Wording {
  const words = WORDS[language];
  const says = [words.code(digits), words.codeLasts(minutes), words.codeWarning];
  switch (channel) {
    case "email": {
      const after = [words.codeLasts(minutes), words.codeWarning, words.codeNotAsked];
      const blocks: Block[] = [
        { lines: [words.code(digits)], strong: true },
        ...after.map((line) => ({ lines: [line] })),
        { lines: [words.from(origin)], quiet: true },
      ];
      return { subject: words.codeSubject, text: plain(blocks), html: html(language, words.codeSubject, blocks) };
    }
    case "sms":
      return { text: firstThatFits([[...says, origin].join(" "), toGsm(says.join(" "))]) };
    case "voice": {
      const spoken = words.code(spelled(digits));
      return { text: [spoken, words.spokenAgain, spoken, words.codeLasts(minutes), words.codeWarning].join(" ") };
    }
  }
}

function smsNotice(words: Words, moment: Moment, { kind, daysLeft, city, folioTail, link }: BookingNotice): string {
  const variant = (day: string, time = moment.time): string =>
    `${words.smsOpening(kind, daysLeft)} ${day}, ${time} ${moment.zoneCode}, ${city}. ${words.smsFolio(folioTail)} ${link}`;
  return firstThatFits([
    variant(`${moment.weekday} ${moment.day}`),
    variant(moment.day),
    variant(moment.shortDay),
    variant(moment.shortDay, moment.time.replace(/[ .]/g, "")),
  ]);
}

function spokenNotice(
  words: Words,
  moment: Moment,
  { kind, language, daysLeft, city, folioTail }: BookingNotice,
): string {
  const facts = [
    words.spokenWhen(fullDay(moment, language), moment.spokenTime, moment.zoneName),
    words.spokenWhere(city),
    words.spokenFolio(spelled(folioTail)),
  ];
  const closing =
    kind === "cancelled" || kind === "lapsed"
      ? [words.another, ...(kind === "lapsed" ? [words.askAtOffice] : [])]
      : isReminder(kind)
        ? [words.silence, ...(kind === "permission_5" ? [words.paperLate] : []), words.spokenChange]
        : [words.spokenChange];
  return [words.spokenNotice, words.opening(kind, daysLeft), ...facts, words.spokenAgain, ...facts, ...closing].join(
    " ",
  );
}

function emailNotice(words: Words, moment: Moment, notice: BookingNotice): Wording {
  const { kind, language, link } = notice;
  const { labels } = words;
  const facts: [string, string][] = [
    [labels.day, fullDay(moment, language)],
    [labels.time, `${moment.time} ${moment.zoneCode} (${moment.zoneName})`],
    [labels.city, notice.city],
    [labels.folio, notice.folioTail],
  ];
  const people = notice.people?.map(({ name, services }) => `${name}: ${services.join(", ")}`);
  const closing = !isReminder(kind)
    ? kind === "lapsed"
      ? [words.askAtOffice]
      : []
    : [words.silence, kind === "permission_5" ? words.paperLate : words.cannotCome];
  const blocks: Block[] = [
    { lines: [words.opening(kind, notice.daysLeft)], strong: true },
    { facts },
    ...(people ? [{ lines: [`${labels.people}:`, ...people] }] : []),
    { lines: [words.openPage(kind)], link: { text: words.linkText, url: link } },
    { lines: [words.opensOnly] },
    ...closing.map((line) => ({ lines: [line] })),
    { lines: [words.free] },
    { lines: [words.from(notice.origin)], quiet: true },
  ];
  const subject = words.subject(moment.day);
  return { subject, text: plain(blocks), html: html(language, subject, blocks) };
}

interface Block {
  readonly lines?: readonly string[];
  readonly facts?: readonly (readonly [string, string])[];
  readonly link?: { readonly text: string; readonly url: string };
  readonly strong?: boolean;
  readonly quiet?: boolean;
}

function plain(blocks: readonly Block[]): string {
  const texts = blocks.map(({ lines = [], facts = [], link }) =>
    [...lines, ...facts.map(([label, value]) => `${label}: ${value}`), ...(link ? [link.url] : [])].join("\n"),
  );
  return `${texts.join("\n\n")}\n`;
}

/** No image, no script, no foreign address: nothing in it can tell anybody that it was opened. */
function html(language: Language, title: string, blocks: readonly Block[]): string {
  const body = blocks.map((block) => {
    const style = block.strong ? "font-size:20px;font-weight:bold" : block.quiet ? "color:#5f564a;font-size:14px" : "";
    const lines = (block.lines ?? []).map(escapeHtml).join("<br>");
    const rows = (block.facts ?? []).map(
      ([label, value]) =>
        `<tr><td style="padding:2px 16px 2px 0;color:#5f564a">${escapeHtml(label)}</td><td style="padding:2px 0"><b>${escapeHtml(value)}</b></td></tr>`,
    );
    const link = block.link
      ? `<br><a href="${escapeHtml(block.link.url)}" style="display:inline-block;margin-top:8px;padding:12px 20px;border-radius:6px;background:#0f5c49;color:#fffdf7;font-weight:bold">${escapeHtml(block.link.text)}</a>`
      : "";
    return rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse">${rows.join("")}</table>`
      : `<p${style && ` style="${style}"`}>${lines}${link}</p>`;
  });
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body style="margin:24px;max-width:560px;font-family:sans-serif;font-size:17px;line-height:1.5;color:#26211b">${body.join("")}</body></html>\n`;
}

/** `4, C, D, 7`: a voice reads each by itself. */
function spelled(characters: string): string {
  return [...characters].join(", ");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
