import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { ageOn } from "#kernel/time.ts";
import { applicant, parseCurp } from "#modules/booking/index.ts";
import { findServiceProblem, getNetwork, type Network } from "#modules/offices/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { diceOf } from "./dice.ts";
import { answersOf, aParty } from "./people.ts";

const ON = "2026-12-03" as LocalDate;
const parties = (seed: string, count = 600) => {
  const dice = diceOf(seed);
  return Array.from({ length: count }, () => aParty(dice, ON));
};
let services: TestServices;
let network: Network;
beforeAll(async () => {
  services = await openTestServices();
  network = await getNetwork(services);
});
afterAll(() => services.close());

test("the same seed gives the same people, another seed others", () => {
  expect(parties("a", 20)).toEqual(parties("a", 20));
  expect(parties("a", 20)).not.toEqual(parties("b", 20));
});

test("everybody could have been typed into the form, and may book what she comes for", () => {
  for (const person of parties("form").flat()) {
    expect(applicant.safeParse(person).error).toBeUndefined();
    const age = ageOn(person.bornOn, ON);
    expect(findServiceProblem(network, { age, services: person.services }), JSON.stringify(person)).toBeUndefined();
    if (age < 18) expect(person.parents.length).toBeGreaterThan(0);
    if (person.curp !== "")
      expect(parseCurp(person.curp)).toMatchObject({ bornOn: person.bornOn, sex: person.sex, bornIn: person.bornIn });
  }
});

test("parties are of one to five, families among them", () => {
  const sizes = new Set(parties("sizes").map((party) => party.length));
  expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5]);
  const people = parties("sizes").flat();
  expect(people.filter((one) => one.curp !== "").length).toBeGreaterThan(people.length / 5);
  expect(people.some((one) => one.services.length === 3)).toBe(true);
});

test("answers are to the questions that their services ask", async () => {
  const { questions } = JSON.parse(await readFile("db/reference/checklist.json", "utf8")) as {
    questions: { id: string }[];
  };
  const dice = diceOf("answers");
  const answers = parties("answers", 100).map((party) => answersOf(dice, party, network.checklist));
  const ids = new Set(questions.map((one) => one.id));
  expect(answers.flatMap((one) => Object.keys(one)).filter((id) => !ids.has(id))).toEqual([]);
  expect(answers.some((one) => one["has_record"] === false)).toBe(true);
});
