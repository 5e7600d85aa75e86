import { describe, expect, test } from "vitest";
import { renderAnswered } from "./answered.ts";
import { isOneSms } from "./sms.ts";

const ORIGIN = "https://citas.example.org";

describe.each(["es", "en"] as const)("in %s", (language) => {
  const told = { language, link: `${ORIGIN}${language === "en" ? "/en" : ""}/aviso`, origin: ORIGIN };

  test.each(["email", "sms", "voice"] as const)("an answer is told by %s without what it is about", (channel) => {
    const { subject = "", text } = renderAnswered(channel, told);
    expect(`${subject} ${text}`).not.toMatch(/emergen|urgen|consul|violen|deten|lugar|place|cita del|appointment on/i);
    if (channel !== "voice") expect(text).toContain(told.link);
  });

  test("it is one text message", () => {
    expect(isOneSms(renderAnswered("sms", told).text)).toBe(true);
  });
});
