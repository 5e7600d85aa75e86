import { expect, it } from "vitest";
import type { OutcomeInput } from "../types.ts";
import { notYetRecorded } from "./paper.ts";

const PASSPORT = "pasaporte-adulto" as OutcomeInput["service"];

const outcome = (person: string, code: OutcomeInput["code"], reason?: OutcomeInput["reason"]) =>
  ({ appointmentId: person, service: "matricula-consular", code, reason }) as OutcomeInput;
const issued = outcome("ana", "issued");
const photo = outcome("beto", "missing_document", "photo");

it.each<[string, OutcomeInput[], OutcomeInput[], OutcomeInput[] | "recorded_otherwise"]>([
  ["all of it, the first time", [issued, photo], [], [issued, photo]],
  ["nothing, the second time", [issued, photo], [photo, issued], []],
  ["whom the first sheet left out", [issued, photo], [issued], [photo]],
  [
    "what was left open of a person, for it was suspended",
    [issued, { ...issued, service: PASSPORT }],
    [issued],
    [{ ...issued, service: PASSPORT }],
  ],
  ["nothing against what a clerk recorded", [outcome("ana", "no_show")], [issued], "recorded_otherwise"],
  ["nor with another reason", [outcome("beto", "missing_document", "payment")], [photo], "recorded_otherwise"],
  ["nor by half", [outcome("ana", "no_show"), photo], [issued], "recorded_otherwise"],
])("records %s", (_, typed, standing, left) => {
  const found = notYetRecorded(typed, standing);
  expect(found.ok ? found.value : found.refusal.code).toEqual(left);
});
