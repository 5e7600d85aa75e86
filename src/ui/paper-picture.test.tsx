import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Checklist, PAPER_NAMES, PaperPicture } from "./index.ts";

/** Most bytes of one drawing before compression: a list of ten costs a page about a kilobyte on its way. */
const PICTURE_BYTES = 600;

it("a picture of a paper is small, silent beside its words, coloured by the styles alone, and like no other", () => {
  const drawn = PAPER_NAMES.map((name) => renderToStaticMarkup(<PaperPicture name={name} />));
  expect(new Set(drawn).size).toBe(drawn.length);
  for (const one of drawn) {
    expect(one.length, one).toBeLessThanOrEqual(PICTURE_BYTES);
    expect(one).toMatch(/^<svg class="paper" viewBox="0 0 48 48" aria-hidden="true"><path class="p-/);
    expect(one).not.toMatch(/style=|fill=|stroke=|#[0-9a-f]{3}|<title|<text|href/);
  }
});

it("it stands in a checklist in front of the words, and a line without one has none", () => {
  const items = [{ text: "Acta", picture: <PaperPicture name="acta" /> }, { text: "Otra" }];
  expect(renderToStaticMarkup(<Checklist items={items} />)).toMatch(
    /<li><svg class="paper".*<\/svg><span>Acta<\/span><\/li><li><span>Otra<\/span><\/li>/,
  );
});
