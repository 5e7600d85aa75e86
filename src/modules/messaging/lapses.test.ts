import { expect, test } from "vitest";
import { renderNotice } from "./rules/render.ts";
import { lapseToldAt } from "./rules/reminders.ts";
import type { Language, SenderChannel } from "./types.ts";

const CHANNELS: SenderChannel[] = ["email", "sms", "voice"];
const LANGUAGES: Language[] = ["es", "en"];

function lapse(channel: SenderChannel, language: Language): string {
  return renderNotice(channel, {
    kind: "lapsed",
    language,
    startsAt: new Date("2026-12-03T18:30:00Z"),
    zone: "America/Los_Angeles",
    city: "Fresno",
    folioTail: "B4CD",
    link: "https://citas.example.org/c/abcdefghijklmnop",
    origin: "https://citas.example.org",
    daysLeft: 2,
    people: undefined,
  }).text;
}

test("a lapse is told with what to do, and never with why or by whose doing", () => {
  expect(lapse("email", "es").split("\n")[0]).toBe("Su cita ya no está vigente.");
  expect(lapse("email", "es")).toContain("Para pedir otra cita, abra esta página:");
  for (const text of CHANNELS.flatMap((channel) => LANGUAGES.map((language) => lapse(channel, language))))
    expect(text).not.toMatch(
      /otra persona|otro contacto|alguien más|atendi|duplicad|porque|another person|another contact|someone else|served|duplicate|because/i,
    );
});

test("it waits for the morning after, unless that were too late", () => {
  const told = (lapsedAt: string, startsAt: string) =>
    lapseToldAt(new Date(lapsedAt), new Date(startsAt), "America/Los_Angeles").toISOString();
  const nineOnTheSecond = "2026-12-02T17:00:00.000Z";
  expect(told("2026-12-01T17:01:00Z", "2026-12-20T17:00:00Z")).toBe(nineOnTheSecond);
  expect(told("2026-12-02T07:59:00Z", "2026-12-20T17:00:00Z")).toBe(nineOnTheSecond);
  expect(told("2026-12-01T20:00:00Z", "2026-12-02T16:00:00Z")).toBe("2026-12-01T20:00:00.000Z");
});
