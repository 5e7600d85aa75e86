import { afterAll, beforeAll, expect, test } from "vitest";
import { anything } from "./bad-forms.ts";
import { openBadInput, type BadInput } from "./bad-input.ts";
import { newSeed } from "./chance.ts";

let badInput: BadInput;
beforeAll(async () => {
  badInput = await openBadInput();
});
afterAll(() => badInput.close());

test("3,000 bad requests over every route of the description: each is answered with a problem that says what to do, and nothing is stored", async () => {
  const { complaints, byStatus, grown } = await badInput.requests(3_000, newSeed("bad input"));
  expect({ complaints, grown }).toEqual({ complaints: [], grown: {} });
  expect(Object.keys(byStatus).map(Number)).toEqual(expect.arrayContaining([400, 401, 404, 415, 422]));
});

test("600 bad forms and addresses: each is answered with the very page that says what is wrong, good ones are taken, and nothing is stored", async () => {
  const { complaints, byStatus, grown } = await badInput.forms(600, newSeed("bad forms"));
  expect({ complaints, grown }).toEqual({ complaints: [], grown: {} });
  expect(Object.keys(byStatus).map(Number)).toEqual(expect.arrayContaining([200, 303, 404, 422]));
});

test("a site that answers every form with some page is complained of each time: the negative control", async () => {
  for (const status of [200, 422]) {
    const body = '<title>Citas</title><h1>Todo bien</h1><p role="alert">Nada.</p>';
    const { complaints } = await badInput.formsAt(anything(status, body), 20);
    expect(complaints).toHaveLength(20);
  }
});

test("what is well formed and beyond all measure is refused and never a fault", async () => {
  const days = ["0000-01-01", "0001-01-01", "1582-10-10", "1899-12-31", "2024-02-29", "2099-12-31", "9999-12-31"];
  const instants = [
    "0000-01-01T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "2099-06-01T12:00:00.123456789Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
  ];
  const person = {
    givenNames: "Ficticia",
    firstSurname: "Prueba",
    bornOn: "1990-05-17",
    bornIn: "NE",
    sex: "M",
    services: ["matricula-consular"],
  };
  const wanted = { officeId: "fresno", localDate: "2026-12-03", startsAt: "2026-12-03T16:00:00Z" };
  const names = ["a".repeat(80), "꙱".repeat(1) + "a", "ﬃﬄ", "İıſß", "e\u0301".repeat(40), "𝕬𝖓𝖆", "Z͑ͫ̓ͪ̂ͫ̽a", "-.'", "ꞌ"];
  const parties = [
    ...days.map((bornOn) => ({ wanted, applicants: [{ ...person, bornOn }] })),
    ...days.map((localDate) => ({ wanted: { ...wanted, localDate }, applicants: [person] })),
    ...instants.map((startsAt) => ({ wanted: { ...wanted, startsAt }, applicants: [person] })),
    ...days.flatMap((day) =>
      instants.map((startsAt) => ({ wanted: { ...wanted, localDate: day, startsAt }, applicants: [person] })),
    ),
    ...days.map((permissionOn) => ({
      wanted,
      applicants: [
        {
          ...person,
          bornOn: "2015-01-01",
          services: ["pasaporte-menor"],
          parents: [{ part: "signs_elsewhere", permissionOn }],
        },
      ],
    })),
    ...names.map((givenNames) => ({
      wanted,
      applicants: [{ ...person, givenNames, secondSurname: givenNames, otherName: givenNames }],
    })),
    ...["x", "matricula-consular-", "constructor", "__proto__".replaceAll("_", "-"), "tostring"].map((slug) => ({
      wanted,
      applicants: [{ ...person, services: [slug] }],
    })),
    ...["x", "atlantis", "constructor", "has-own-property"].map((officeId) => ({
      wanted: { ...wanted, officeId },
      applicants: [person],
    })),
    {
      wanted,
      applicants: [{ ...person, services: ["matricula-consular", "matricula-consular", "matricula-consular"] }],
    },
    { wanted, applicants: Array(5).fill(person) },
    { wanted, applicants: [person], holdId: "00000000-0000-0000-0000-000000000000" },
  ];
  const strange: unknown[] = [];
  const expectRefusal = async (method: "GET" | "POST", path: string, body: object | undefined, most: number) => {
    const answer = await badInput.ask(method, path, body);
    if (answer.status >= most || (most === 500 && answer.status < 400 && path !== "/offices/fresno/times"))
      strange.push([path, body, answer]);
  };
  for (const party of parties) {
    // Nothing is free at that hour, whoever asks.
    await expectRefusal(
      "POST",
      "/bookings",
      {
        ...party,
        wanted: { ...party.wanted, startsAt: party.wanted.startsAt.replace("2026-12-03T16:00", "2026-12-03T03:00") },
      },
      500,
    );
    await expectRefusal(
      "POST",
      "/offices/fresno/times",
      { localDate: party.wanted.localDate, applicants: party.applicants },
      500,
    );
    await expectRefusal("POST", "/bookings/00000000-0000-4000-8000-000000000000/move", { wanted: party.wanted }, 500);
  }
  for (const heldUntil of instants)
    await expectRefusal("POST", "/holds/00000000-0000-4000-8000-000000000000/extend", { heldUntil }, 500);
  expect(strange).toEqual([]);
  expect((await badInput.keyNames()).filter((name) => /atlantis|0000|9999|1582|2099|constructor/.test(name))).toEqual(
    [],
  );
});
