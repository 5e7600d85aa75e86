import { expect, test } from "vitest";
import { actedSequence, renderActed } from "./acted.ts";
import { messagesFor } from "./queue.ts";
import { isOneSms } from "./sms.ts";

const ORIGIN = "https://citas.example.org";

test.each(["es", "en"] as const)(
  "in %s it says that something was done and where it stands, never what or whose",
  (language) => {
    const told = { language, link: `${ORIGIN}/c/${"x".repeat(43)}`, origin: ORIGIN };
    for (const channel of ["email", "sms", "voice"] as const) {
      const { subject = "", text } = renderActed(channel, told);
      expect(`${subject} ${text}`).not.toMatch(/cita del|nombre|permiso|consul|folio|name|permission|appointment on/i);
      if (channel !== "voice") expect(text).toContain(told.link);
    }
    expect(isOneSms(renderActed("sms", told).text)).toBe(true);
  },
);

test("one message for each kind of act and day, however often it was done", () => {
  const acted = (id: string, act: string, on: string) =>
    messagesFor({
      id,
      name: "booking.staff_acted",
      subjectId: "b",
      at: new Date(0),
      detail: { contactId: "c", localDate: on, act },
    })[0]!.sequence;
  expect(acted("1", "opened", "2026-11-23")).toBe(acted("2", "opened", "2026-11-23"));
  const all = ["opened", "corrected", "permission"].flatMap((act) =>
    ["2026-11-23", "2026-11-24"].map((on) => acted("3", act, on)),
  );
  expect(new Set(all).size).toBe(6);
  expect(actedSequence("opened", "2026-11-23")).toBe(202_611_231);
});
