import decodeQR from "qr/decode.js";
import { describe, expect, it } from "vitest";
import { aConfirmation, NAMES, readPng } from "./documents.fixtures.ts";
import { renderSlipImage, slipSvg } from "./slip-image.ts";
import { initialsOfName } from "./view.ts";

/** Most bytes: it must open on a slow network and stay in the gallery of a full phone. */
const MOST_BYTES = 60_000;

const long = aConfirmation({
  language: "en",
  dateText: "Wednesday, September 30, 2026",
  timeText: "12:30 p.m. CDT",
  people: NAMES.map((name) => ({ name, services: [] })),
  office: {
    ...aConfirmation().office,
    city: "Salt Lake City",
    addressLines: ["12345 Northwest Martin Luther King Boulevard, Building C, Suite 1200", "Salt Lake City, UT 84101"],
  },
});

describe("the slip as a picture", () => {
  it.each([
    ["short", aConfirmation()],
    ["long", long],
    ["without an address", aConfirmation({ office: { ...aConfirmation().office, addressLines: [] } })],
  ])("is small, fills a phone and its code can be read: %s", async (_, view) => {
    const png = await renderSlipImage(view);
    expect(png.length).toBeLessThan(MOST_BYTES);
    const image = readPng(png);
    expect([image.width, image.height]).toEqual([720, 1080]);
    expect(decodeQR(image)).toBe(view.verificationUrl);
  });

  it("shows initials and neither names, papers nor the office's name", () => {
    const svg = slipSvg(aConfirmation());
    expect(svg).toContain("J. M. N. G.");
    for (const word of ["Citlali", "Núñez", "Pasaporte", "Consulado", "Costo"]) expect(svg).not.toContain(word);
    for (const fact of ["7K3M-", "9QXA-", "2B4CD", "10:30 a.m. PST", "Fresno", "100 Example Street, Suite 4"])
      expect(svg).toContain(fact);
  });

  it("keeps what lies above clear of the code, however long the address", () => {
    const baselines = [...slipSvg(long).matchAll(/<text x="48" y="(\d+)"/g)].map((one) => Number(one[1]));
    expect(baselines.filter((y) => y > 630 && y < 990)).toEqual([]);
  });

  it("is drawn from text, never from markup", () => {
    const svg = slipSvg(aConfirmation({ office: { ...aConfirmation().office, city: '<script x="1">&' } }));
    expect(svg).toContain("&#60;script");
    expect(svg).not.toContain("<script");
  });
});

describe("initials", () => {
  it.each([
    ["José María Núñez Güemes", "J. M. N. G."],
    ["María de la Luz", "M. L."],
    ["Ꞌyuku X̱imena", "Y. X̱."],
    ["itzel canul", "I. C."],
    ["", ""],
  ])("of %s are %s", (name, initials) => {
    expect(initialsOfName(name)).toBe(initials);
  });
});
