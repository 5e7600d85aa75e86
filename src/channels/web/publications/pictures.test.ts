import { expect, test } from "vitest";
import { renderPublicationImage, type PublicationView } from "#channels/documents/publication-image.ts";
import { keepPictures } from "./pictures.ts";

const view = (number: number): PublicationView => ({
  service: "Citas del consulado",
  headline: `Reparto ${number}`,
  when: "Pida su lugar antes del domingo.",
  lines: [],
  free: "La cita es gratuita.",
  host: "citas.example.org",
  phone: "+1 424 309 0009",
  demo: undefined,
  address: "https://citas.example.org/oficinas/fresno",
});

/** Draws as the pages do, and notes how many are drawn at once. */
function watched() {
  const drawn: string[] = [];
  let [now, most] = [0, 0];
  const render = async (one: PublicationView): Promise<Buffer> => {
    most = Math.max(most, ++now);
    drawn.push(one.headline);
    try {
      if (one.service === "") throw new Error("cannot be drawn");
      return await renderPublicationImage(one);
    } finally {
      now -= 1;
    }
  };
  return { render, drawn, mostAtOnce: () => most };
}

test("are made one at a time, each once, however many ask at once", async () => {
  const { render, drawn, mostAtOnce } = watched();
  const pictureOf = keepPictures(render);
  const made = await Promise.all([1, 2, 3, 1, 2, 3].map((number) => pictureOf(view(number))));
  expect(drawn).toEqual(["Reparto 1", "Reparto 2", "Reparto 3"]);
  expect(mostAtOnce()).toBe(1);
  expect(new Set(made.map(({ etag }) => etag)).size).toBe(3);
  expect(made[0]).toBe(made[3]);
});

test("leave no place for one that could not be made, and hold up no other", async () => {
  const { render, drawn } = watched();
  const pictureOf = keepPictures(render);
  const broken = { ...view(1), service: "" };
  const [failed, made] = await Promise.allSettled([pictureOf(broken), pictureOf(view(2))]);
  expect([failed.status, made.status]).toEqual(["rejected", "fulfilled"]);
  await expect(pictureOf(broken)).rejects.toThrow();
  expect(drawn).toEqual(["Reparto 1", "Reparto 2", "Reparto 1"]);
});

test("are forgotten when there are too many, the oldest first", async () => {
  const { render, drawn } = watched();
  const pictureOf = keepPictures(render, 2);
  for (const number of [1, 2, 3, 2, 1]) await pictureOf(view(number));
  expect(drawn).toEqual(["Reparto 1", "Reparto 2", "Reparto 3", "Reparto 1"]);
});
