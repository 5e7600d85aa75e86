import decodeQR from "qr/decode.js";
import { expect, it } from "vitest";
import { readPng } from "./documents.fixtures.ts";
import { renderPublicationImage, type PublicationView } from "./publication-image.ts";

/** Most bytes: it is forwarded from one full phone to the next. */
const MOST_BYTES = 60_000;

const short: PublicationView = {
  service: "Citas del consulado",
  headline: "Sábado de citas en Yuma",
  when: "Sábado, 5 de diciembre, de 8:00 a.m. a 1:00 p.m.",
  lines: ["Para visas.", "Saque su cita desde hoy."],
  free: "La cita es gratuita.",
  host: "citas.example.org",
  phone: "+1 424 309 0009",
  demo: undefined,
  address: "https://citas.example.org/oficinas/yuma",
};
const long: PublicationView = {
  ...short,
  headline: "Jornada especial de citas en Salt Lake City y sus alrededores",
  lines: [
    "Para pasaporte, matrícula y credencial, actas y registro civil, poderes y papeles notariales, visas y ventanillas.",
    "Los lugares se reparten entre quienes los pidan.",
    "Dónde: 12345 Northwest Martin Luther King Boulevard, Building C, Suite 1200, Salt Lake City.",
    "12,400 lugares de 15 minutos.",
  ],
  host: "citas.consulados-de-una-republica.example.org",
  demo: "Demostración: los datos son inventados.",
};

it.each([
  ["short", short],
  ["long", long],
])("a publication is a small square whose code can be read: %s", async (_, view) => {
  const png = await renderPublicationImage(view);
  expect(png.length).toBeLessThan(MOST_BYTES);
  const image = readPng(png);
  expect([image.width, image.height]).toEqual([1080, 1080]);
  expect(decodeQR(image)).toBe(view.address);
});
