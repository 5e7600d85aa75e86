import { expect, test } from "vitest";
import { judgeOfficial, type OfficialFacts } from "./official.ts";

const FACTS: OfficialFacts = {
  host: "citas.ejemplo.org",
  governmentHosts: ["gob.mx"],
  phones: new Set(["+14243090009"]),
  emails: new Set(["citas@ejemplo.org"]),
};
const hosts = (typed: string) => judgeOfficial(typed, [], FACTS).found.map(({ value, official }) => [value, official]);

test.each([
  ["https://citas.ejemplo.org/cita", [["citas.ejemplo.org", true]]],
  ["entre a citas.ejemplo.org.", [["citas.ejemplo.org", true]]],
  ["consulmex.sre.gob.mx/fresno", [["consulmex.sre.gob.mx", true]]],
  // What looks like ours and is not.
  ["https://citas.gob.mx.pagos-citas.com/", [["citas.gob.mx.pagos-citas.com", false]]],
  ["https://citas.ejemplo.org.mx-citas.net", [["citas.ejemplo.org.mx-citas.net", false]]],
  ["https://citas.ejemplo.org@robo.net/x", [["robo.net", false]]],
  ["https://fakegob.mx", [["fakegob.mx", false]]],
  ["https://сitas.ejemplo.org", [["сitas.ejemplo.org", false]]],
  [
    "bit.ly/3xyz y citas.ejemplo.org",
    [
      ["bit.ly", false],
      ["citas.ejemplo.org", true],
    ],
  ],
  ["Entre a citas-mex.com!", [["citas-mex.com", false]]],
  ["*citas-mex.com*", [["citas-mex.com", false]]],
  [
    "https://www.gob.mx:x@203.0.113.9/pagar",
    [
      ["www.gob.mx", true],
      ["203.0.113.9", false],
    ],
  ],
  ["no hay nada aquí", []],
])("of %s it says which page is ours", (typed, found) => {
  expect(hosts(typed)).toEqual(found);
});

test("ten official numbers hide no false page behind them", () => {
  const good = Array.from({ length: 10 }, () => ({ kind: "phone" as const, value: "x", known: "+14243090009" }));
  expect(judgeOfficial("https://robo.net", good, FACTS).found[0]).toMatchObject({ value: "robo.net", official: false });
});

test("numbers and addresses are ours when they are on the list, and an account never is", () => {
  const judged = judgeOfficial(
    "x",
    [
      { kind: "phone", value: "+14243090009", known: "+14243090009" },
      { kind: "phone", value: "5595550143", known: "+15595550143" },
      { kind: "email", value: "citas@ejemplo.org", known: "citas@ejemplo.org" },
      { kind: "account", value: "facebook:citas.mx", known: "facebook:citas.mx" },
    ],
    FACTS,
  );
  expect(judged.found.map(({ kind, official }) => [kind, official])).toEqual([
    ["phone", true],
    ["phone", false],
    ["email", true],
    ["account", false],
  ]);
});

test.each([
  ["Su cita está lista, deposite $450 por Zelle", true, false],
  ["Mande el código que le llegó", false, true],
  ["Share the code we sent you", false, true],
  ["Mándeme el código", false, true],
  ["Dígame el código", false, true],
  ["Páseme el código", false, true],
  ["Su cita sale en $500", true, false],
  ["Son $ 1,500", true, false],
  ["Su cita es el jueves a las 9:15", false, false],
])("%s: asks for money %s, for a code %s", (typed, asksForMoney, asksForCode) => {
  expect(judgeOfficial(typed, [], FACTS)).toMatchObject({ asksForMoney, asksForCode });
});

test("a long hostile text takes no time", () => {
  const started = performance.now();
  for (const typed of ["a.".repeat(50_000), "-".repeat(100_000), "http://".repeat(15_000), "manda".repeat(20_000)])
    judgeOfficial(typed, [], FACTS);
  expect(performance.now() - started).toBeLessThan(3_000);
});
