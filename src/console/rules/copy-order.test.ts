import { describe, expect, it } from "vitest";
import { copySteps } from "./copy-order.ts";

const mother = {
  ordinal: 1,
  givenNames: "María de la Luz",
  firstSurname: "Ñandú",
  secondSurname: "",
  bornOn: "1990-05-07",
  sex: "M",
  bornIn: "OC",
  curp: "",
} as const;
const child = {
  ...mother,
  ordinal: 2,
  givenNames: "Óscar",
  secondSurname: "Pérez",
  curp: "NAPO150203HNERRS09",
  bornIn: "NE",
  sex: "H",
} as const;

describe("copying in order", () => {
  const steps = copySteps([mother, child], (code) => ({ OC: "Oaxaca", NE: "Nacido en el extranjero" })[code]!);

  it("goes person after person in the order of the issuing system, and leaves out what is empty", () => {
    expect(steps.map(({ ordinal, field, text }) => [ordinal, field, text])).toEqual([
      [1, "givenNames", "María de la Luz"],
      [1, "firstSurname", "Ñandú"],
      [1, "bornOn", "07/05/1990"],
      [1, "sex", "M"],
      [1, "bornIn", "Oaxaca"],
      [2, "givenNames", "Óscar"],
      [2, "firstSurname", "Ñandú"],
      [2, "secondSurname", "Pérez"],
      [2, "bornOn", "07/05/1990"],
      [2, "sex", "H"],
      [2, "bornIn", "Nacido en el extranjero"],
      [2, "curp", "NAPO150203HNERRS09"],
    ]);
  });
});
