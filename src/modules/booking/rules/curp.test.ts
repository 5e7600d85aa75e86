import { expect, test } from "vitest";
import type { LocalDate } from "#kernel/ids.ts";
import { curpDiffers } from "./curp.ts";

const GUADALUPE = {
  givenNames: "Gregoria",
  firstSurname: "Hernández",
  secondSurname: "García",
  bornOn: "1956-04-27" as LocalDate,
  sex: "M" as "H" | "M" | "X",
  curp: "HEGG560427MVZRRL04",
};

test.each<[string, Partial<typeof GUADALUPE>, readonly string[]]>([
  ["what is so", {}, []],
  ["no CURP", { curp: "" }, []],
  ["a CURP of no shape", { curp: "HEGG" }, []],
  ["small letters", { curp: "hegg560427mvzrrl04" }, []],
  ["the register passes María over", { givenNames: "María Gregoria" }, []],
  ["the register passes Ma. over", { givenNames: "Ma. Gregoria" }, []],
  ["particles", { firstSurname: "de la Hera", secondSurname: "del García" }, []],
  ["the second of two surnames", { firstSurname: "Ponce Hernández" }, []],
  ["another date", { bornOn: "1956-04-28" as LocalDate }, ["date"]],
  ["another sex", { sex: "H" }, ["sex"]],
  ["an X on the acta", { sex: "X" }, []],
  ["another given name", { givenNames: "Rosa" }, ["name"]],
  ["surnames the other way round", { firstSurname: "García", secondSurname: "Hernández" }, ["name"]],
  ["one surname only", { secondSurname: "" }, ["name"]],
  ["all of somebody else", { givenNames: "Luz", bornOn: "2001-01-01" as LocalDate, sex: "H" }, ["date", "sex", "name"]],
])("a CURP beside %s", (_what, change, differs) => {
  expect(curpDiffers({ ...GUADALUPE, ...change })).toEqual(differs);
});
