import { afterAll, beforeAll, expect, test } from "vitest";
import { askUpToReview, send, twoOfficesThatDraw } from "../../src/channels/web/request/request.fixtures.ts";
import {
  aBookedVisitor,
  aMorningInFresno,
  aVisitor,
  PERSONS,
  type Visitor,
} from "../../src/channels/web/visit/visitor.fixtures.ts";
import { openTestWeb, type TestWeb } from "../../src/channels/web/web.fixtures.ts";
import { subscriptions } from "#app/subscriptions.ts";
import { integrityTasks } from "#modules/integrity/index.ts";
import { listObserved, listParties, requestNumber } from "#modules/booking/index.ts";
import { systemContext } from "#platform/context.ts";
import { startDispatcher } from "#platform/dispatcher.ts";
import { SEALED_FIELDS } from "#platform/keyring/fields.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { HELD, type Door } from "./held.ts";

let web: TestWeb;
const opened: TestWeb[] = [];
beforeAll(() => openWeb(aMorningInFresno));
afterAll(async () => {
  for (const one of opened) await one.close();
});
async function openWeb(...prepare: Parameters<typeof openTestWeb>): Promise<void> {
  web = await openTestWeb(...prepare);
  opened.push(web);
}

interface Held {
  readonly table: string;
  readonly plain: string;
}

/** What stands sealed in rows that these ids name, opened: each blob with each field under each id of its row. */
async function sealedOf(ids: readonly string[]): Promise<Held[]> {
  const { services } = web;
  const columns = await services.adminQuery<{ table: string; column: string; keys: string[] }>(
    `select format('%I.%I', n.nspname, c.relname) as "table", a.attname as column,
            array(select k.attname::text from pg_attribute k where k.attrelid = c.oid and k.atttypid = 'uuid'::regtype and not k.attisdropped) as keys
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attname like '%sealed' and c.relkind = 'r' order by 1, 2`,
  );
  const found: Held[] = [];
  for (const { table, column, keys } of columns) {
    const rows = await services.adminQuery<{ keys: string[]; sealed: Buffer }>(
      `select array[${keys.map((key) => `${key}::text`).join(", ")}] as keys, ${column} as sealed from ${table}
        where ${column} is not null and array[${keys.join(", ")}] && $1::uuid[]`,
      [ids],
    );
    const items = rows.flatMap((row) =>
      row.keys.flatMap((key) => SEALED_FIELDS.map((field) => ({ field, row: key, sealed: row.sealed }))),
    );
    const opened = await services.keyring.open(items);
    found.push(...opened.flatMap((plain) => (plain === undefined ? [] : [{ table, plain }])));
  }
  return found;
}

/** In which tables a row names one of these ids. */
async function naming(ids: readonly string[]): Promise<string[]> {
  const columns = await web.services.adminQuery<{ table: string; column: string }>(
    `select format('%I.%I', n.nspname, c.relname) as "table", quote_ident(a.attname) as column
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and a.atttypid = 'uuid'::regtype and not a.attisdropped and n.nspname !~ '^(pg_|information_schema)' order by 1`,
  );
  const found = new Set<string>();
  for (const { table, column } of columns) {
    const [row] = await web.services.adminQuery<{ n: number }>(
      `select count(*)::int as n from ${table} where ${column} = any($1::uuid[])`,
      [ids],
    );
    if (row!.n > 0) found.add(table);
  }
  return [...found].sort();
}

/** Everything that a person typed or was given in it: texts of four letters and more. */
function leaves(value: unknown): string[] {
  if (typeof value === "string") return value.length >= 4 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** After the request what the program does by itself. */
async function react(): Promise<void> {
  const dispatcher = startDispatcher(web.services, subscriptions, { automatic: false });
  await dispatcher.drain();
  await dispatcher.stop();
  for (const task of integrityTasks(listParties, listObserved))
    if (["integrity.identify", "integrity.observe"].includes(task.name))
      await task.run(systemContext(web.services, "test"));
}

const without = (text: string) => text.replaceAll("-", "");

/** Of each door: what she takes along there holds everything sealed of it, and after erasing nothing is left but what says until when. */
async function isWhole(door: Door, visitor: Visitor, address: string, id: string, confirm: Record<string, string>) {
  await react();
  const others = await web.services.adminQuery<{ id: string }>(
    "select id from booking.appointments where booking_id = $1 union all select id from booking.applicants where booking_id = $1",
    [id],
  );
  const ids = [id, ...others.map((one) => one.id)];
  const held = await sealedOf(ids);
  const named = await naming(ids);
  expect(named.filter((table) => HELD[table] === undefined)).toEqual([]);
  const file = without((await visitor.get(`${address}/mis-datos.json`)).body);
  for (const { table, plain } of held) {
    const { exported } = HELD[table]!;
    if (exported !== door) continue;
    const missing = leaves(JSON.parse(plain)).filter((leaf) => !file.includes(without(leaf)));
    expect([table, missing]).toEqual([table, []]);
  }
  await visitor.post(`${address}/borrar`, confirm);
  expect(visitor.at).toBe("/mi-cita/borrada");
  await react();
  expect(await sealedOf(ids)).toEqual([]);
  const stays = (await naming(ids)).filter((table) => HELD[table]!.erased === "booking");
  return { opened: [...new Set(held.map((one) => one.table))].sort(), named, stays };
}

test("a booking: everything sealed of it is in her file, and once erased no row names it but those that say until when", async () => {
  const { visitor, id, folio } = await aBookedVisitor(web, "Zenaida Ficticia", "zenaida@example.com");
  const { opened, named, stays } = await isWhole("booking", visitor, `/mi-cita/${id}`, id, { folio });
  expect(opened).toEqual(["booking.applicants", "booking.bookings", "integrity.filings"]);
  expect(named).toEqual(
    expect.arrayContaining(["booking.claims", "integrity.observations", "messaging.messages", "schedules.places"]),
  );
  expect(stays).toEqual([]);
});

test("a request: the same; its row is empty at once, and goes with the draw in which it stands", async () => {
  await openWeb(twoOfficesThatDraw);
  const visitor = aVisitor(web);
  const who = { person: { ...PERSONS.juan, nombre: "Zacarias Ficticio" }, services: ["matricula-consular"] };
  await askUpToReview(visitor, web.services, [who], "zacarias@example.com");
  const id = await send(visitor, false);
  const number = requestNumber(id as RequestId);
  const { opened } = await isWhole("request", visitor, `/mi-solicitud/${id}`, id, { numero: number });
  expect(opened).toEqual(["allocation.requests"]);
});
