import { inflateSync } from "node:zlib";
import type { ConfirmationView } from "./view.ts";

/** Fictional people with letters of several of Mexico's languages. */
export const NAMES = [
  "Citlali Ꞌyuku Ñuuꞌbi",
  "José María Núñez Güemes",
  "Xóchitl T'ooꞌ Maꞌay",
  "N̰úú X̱imena Ēhēcatl",
  "Łucía Ŋandá Ʉxä Ëyuujk Tu̱ꞌun Cȟoʼol",
] as const;

export function aConfirmation(changes: Partial<ConfirmationView> = {}): ConfirmationView {
  return {
    language: "es",
    bookingId: "7d0c6f0e-52c5-4c7e-9d0b-0d6b1f9a2a11",
    folio: "7K3M-9QXA-2B4CD",
    office: {
      name: "Consulado de México en Fresno",
      city: "Fresno",
      addressLines: ["100 Example Street, Suite 4", "Fresno, CA 93701"],
      mapUrl: "https://www.openstreetmap.org/?mlat=36.74&mlon=-119.78",
      zone: "America/Los_Angeles",
    },
    startsAt: new Date("2026-12-03T18:30:00Z"),
    endsAt: new Date("2026-12-03T19:30:00Z"),
    dateText: "jueves 3 de diciembre de 2026",
    timeText: "10:30 a.m. PST",
    people: NAMES.slice(0, 4).map((name, i) => ({
      name,
      services:
        i % 2 === 0 ? ["Pasaporte para adulto", "Matrícula consular"] : ["Pasaporte para niña, niño o adolescente"],
    })),
    bring: [
      "Acta de nacimiento original, de cada persona.",
      "Identificación oficial con foto, original y una copia.",
      "Comprobante de domicilio de los últimos tres meses.",
      "Si tiene un pasaporte anterior, el original.",
      "Mamá y papá vienen con cada niña o niño.",
    ],
    fees: [
      { label: "Pasaporte de 10 años, 2 personas", amount: "US$\u00a0440, costo de 2026" },
      { label: "Pasaporte de 3 años, 2 personas", amount: "US$\u00a0206, costo de 2026" },
      { label: "Matrícula consular, 2 personas", amount: "US$\u00a084, costo de 2026" },
    ],
    total: "US$\u00a0730, costo de 2026",
    payment: "Pague en efectivo exacto o con money order.",
    pageUrl: "https://citas.example.org/cita",
    verificationUrl: `https://citas.example.org/q/${"Zm9-_3aT".repeat(6).slice(0, 46)}`,
    bookedAt: new Date("2026-11-23T18:00:00Z"),
    issuedAt: new Date("2026-11-23T18:00:05Z"),
    ...changes,
  };
}

/** Reads our own kind of PNG: one palette, no filters. */
export function readPng(png: Buffer): { width: number; height: number; data: Uint8Array } {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    chunks.set(png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get("IHDR")!;
  const [width, height, palette, rows] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    chunks.get("PLTE")!,
    inflateSync(chunks.get("IDAT")!),
  ];
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const index = rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)]!;
    data.set([...palette.subarray(3 * index, 3 * index + 3), 255], 4 * i);
  }
  return { width, height, data };
}
