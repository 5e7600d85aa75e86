import { expect, it } from "vitest";
import { networkOfFiles } from "#modules/offices/offices.fixtures.ts";
import { PAPER_NAMES } from "#ui/index.ts";
import { pictureOf } from "./pictures.tsx";

const network = networkOfFiles();
const requirements = network.services.flatMap((service) => service.requirements);

it("every picture that the catalogue names is drawn, and every drawing is used", () => {
  const named = [
    ...requirements.map((one) => one.picture),
    ...network.checklist.flatMap((question) => [question.picture, question.bring.picture]),
    ...network.services.flatMap((service) => service.absentParent?.cases.map((one) => one.picture) ?? []),
  ].filter((one) => one !== undefined);
  expect(named.filter((one) => pictureOf(one) === undefined)).toEqual([]);
  expect(PAPER_NAMES.filter((one) => !named.includes(one))).toEqual([]);
});

it("every paper that is brought has a picture; only what is no paper has none", () => {
  const plain = new Set(
    requirements.filter((one) => one.picture === undefined).map((one) => one.text.es.split(" ")[0]),
  );
  expect([...plain]).toEqual(["Ser", "Que", "Ninguno"]);
});

it("a name of none of ours draws nothing", () => {
  for (const name of [undefined, "", "atlantis", "__proto__", "constructor"]) expect(pictureOf(name)).toBeUndefined();
});
