import { expect, test } from "vitest";
import { aVisitor, PERSONS } from "../visit/visitor.fixtures.ts";
import { openTestWeb } from "../web.fixtures.ts";
import { askUpToReview, twoOfficesThatDraw } from "./request.fixtures.ts";

test("each question of a request can be listened to, and no page shows the button by itself", async () => {
  const web = await openTestWeb(twoOfficesThatDraw);
  const visitor = aVisitor(web);
  const review = await askUpToReview(
    visitor,
    web.services,
    [{ person: PERSONS.juan, services: ["matricula-consular"] }],
    "juan@ejemplo.invalid",
  );
  const pages = [review.body];
  for (const path of ["consulados", "dias", "fechas", "situacion"])
    pages.push((await visitor.get(`/cita/pedir/${path}`)).body);
  for (const body of pages) expect(body.match(/<div class="aloud[^>]*>/g)).toEqual([expect.stringMatching(/ hidden/)]);
  await web.close();
});
