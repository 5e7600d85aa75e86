import { afterAll, beforeAll, expect, test } from "vitest";
import { anOpenOffice } from "../../../modules/emergencies/emergencies.fixtures.ts";
import { openTestWeb, type TestWeb } from "../web.fixtures.ts";
import { aVisitor, type Visitor } from "../visit/visitor.fixtures.ts";

let web: TestWeb;
beforeAll(async () => {
  web = await openTestWeb(anOpenOffice);
});
afterAll(() => web.close());

const question = { que: "violence", cuando: "two_days", oficina: "fresno", forma: "llamada" };
const idOf = ({ at: url }: Visitor) => /\/aviso\/([0-9a-f-]{36})/.exec(url)![1]!;

test("an urgent request is taken along without what happened, and erased at once: its week still counts it, and it is nobody's", async () => {
  const visitor = aVisitor(web);
  const page = await visitor.post("/emergencia/pedir", { ...question, telefono: "(559) 555-0161" });
  const id = idOf(visitor);
  expect(page.body).toContain(`/aviso/${id}/mis-datos.json`);
  const file = await visitor.get(`/aviso/${id}/mis-datos.json`);
  expect([file.statusCode, file.json().notice.state]).toEqual([200, "asked"]);
  for (const secret of ["violence", "0161", id]) expect(file.body).not.toContain(secret);
  expect((await visitor.get(`/aviso/${id}/borrar`)).body).not.toMatch(/hace daño|0161/);

  const stranger = aVisitor(web);
  await stranger.post("/emergencia/pedir", { ...question, telefono: "(559) 555-0162" });
  const others = idOf(stranger);
  for (const path of ["mis-datos.json", "borrar"]) {
    await stranger.get(`/aviso/${id}/${path}`);
    expect(stranger.at).not.toContain(id);
  }
  await stranger.post(`/aviso/${id}/borrar`);
  const row = async (which: string) =>
    (
      await web.services.adminQuery<{ state: string; bytes: number; asker: string | null }>(
        "select state, octet_length(sealed) as bytes, coalesce(contact_id, session_id) as asker from emergencies.requests where id = $1",
        [which],
      )
    )[0];
  expect(await row(id)).toMatchObject({ state: "asked" });

  for (let twice = 0; twice < 2; twice += 1) {
    await visitor.post(`/aviso/${id}/borrar`);
    expect(visitor.at).toBe("/mi-cita/borrada");
  }
  expect(await row(id)).toEqual({ state: "withdrawn", bytes: 0, asker: null });
  expect((await row(others))!.asker).not.toBeNull();
  await visitor.get(`/aviso/${id}`);
  expect(visitor.at).not.toContain(id);
  const lines = await web.services.adminQuery<{ action: string }>(
    "select action from audit.entries where action like 'emergency.%' and action <> 'emergency.ask' order by action",
  );
  expect(lines.map((one) => one.action)).toEqual(["emergency.erase", "emergency.export", "emergency.withdraw"]);
});
