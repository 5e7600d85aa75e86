import { createHash, randomBytes, randomUUID } from "node:crypto";
import { expect } from "vitest";
import { DAY_MS } from "#kernel/time.ts";
import type { Ask } from "#tests/support/consistency.ts";

/** What colleagues see stands in one table as it was typed; anywhere else it is looked for like everything else. */
export const STAFF_NAME = "Tecolotina Canaria del Mostrador";

const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

interface Answered {
  readonly bookingId?: string;
  readonly folio?: string;
  readonly token?: string;
  readonly staff?: { readonly id: string };
}
export interface Desk {
  readonly ask: Ask;
  readonly post: (
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ) => Promise<{ status: number; body: Answered }>;
  readonly canary: <Text extends string>(text: Text) => Text;
}

/** The cookie of somebody who works there and has just signed in, straight into the tables. */
async function aColleague(
  { ask, canary }: Pick<Desk, "ask" | "canary">,
  role: string,
  officeId: string | null,
): Promise<Record<string, string>> {
  const [id, token] = [randomUUID(), canary(randomBytes(32).toString("base64url"))];
  await ask("insert into people.staff (id, office_id, role, name, created_at) values ($1, $2, $3, $4, now())", [
    id,
    officeId,
    role,
    STAFF_NAME,
  ]);
  await ask(
    "insert into people.staff_sessions (token_digest, staff_id, created_at, touched_at, expires_at) values ($1, $2, now(), now(), now() + interval '1 hour')",
    [createHash("sha256").update(token).digest(), id],
  );
  return { ...SAME_ORIGIN, cookie: `staff=${token}` };
}

/** One of each: the head of that office, headquarters, the analyst and an administrator. */
export async function colleagues(
  desk: Pick<Desk, "ask" | "canary">,
  officeId: string,
): Promise<Record<string, string>[]> {
  const networks = await Promise.all(["hq", "analyst", "admin"].map((role) => aColleague(desk, role, null)));
  return [await aColleague(desk, "office_head", officeId), ...networks];
}

/** Everything that a counter and an administrator type, well and wrongly; the third of the booking is a child with two absent parents. */
export async function workAtTheDesk(
  desk: Desk,
  booking: { id: string; folio: string; officeId: string },
): Promise<void> {
  const { post, canary } = desk;
  const clerk = await aColleague(desk, "office_head", booking.officeId);
  const admin = await aColleague(desk, "admin", null);
  const of = { bookingId: booking.id };
  const done = async (path: string, body: unknown, headers = clerk) => {
    const answer = await post(`/console${path}`, body, headers);
    expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return answer.body;
  };
  const refused = async (path: string, body: unknown, headers = clerk) => {
    const answer = await post(`/console${path}`, body, headers);
    expect([path, answer.status >= 400, answer.status < 500]).toEqual([path, true, true]);
  };

  expect((await done("/find", { folio: booking.folio })).bookingId).toBe(booking.id);
  await done("/files", of);
  const names = {
    givenNames: canary("Chachalaca Corregida"),
    firstSurname: canary("Guajolotera"),
    secondSurname: canary("Zopilotzin Urraca"),
  };
  // A colleague looked at the paper too.
  const [second, third] = [randomUUID(), randomUUID()];
  await desk.ask(
    `with colleague as (insert into people.staff (id, office_id, role, name, created_at) values ($2, $3, 'clerk', $4, now()) returning id)
     insert into people.presences (id, office_id, staff_id, shown, second_id, shown_at, expires_at)
     select $1, $3, s.id, 'second', colleague.id, now(), now() + interval '1 hour' from people.staff s, colleague where s.office_id = $3 and s.role = 'office_head' and s.name = $4 limit 1`,
    [second, third, booking.officeId, STAFF_NAME],
  );
  await done("/names", { ...of, ordinal: 1, ...names, second });
  const parent = { ...of, ordinal: 3, parent: 1 };
  // In UTC it may be tomorrow already where the office stands.
  const lately = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10);
  await done("/permissions", { ...parent, signedOn: lately });
  await done("/permissions/undo", parent);
  await done("/permissions", { ...parent, signedOn: lately });
  const card = await done("/cards", undefined);
  canary(card.folio!);

  await refused("/names", {
    ...of,
    ordinal: 1,
    ...names,
    givenNames: canary("nombre-canario <b>en</b> la ventanilla"),
  });
  await refused("/names", {
    ...of,
    ordinal: 1,
    ...names,
    [canary("campo-canario-de-nombre")]: canary("valor-canario-de-nombre"),
  });
  await refused("/permissions", { ...parent, signedOn: canary("fecha-canaria-del-permiso") });
  await refused("/find", { folio: canary("folio canario del mostrador") });
  await refused("/find", { qr: canary("codigo-qr-canario-de-otra-parte") });
  await refused("/visits", { bookingId: canary("cita-canaria-en-ventanilla") });
  await refused(`/visits/${randomUUID()}/outcomes`, {
    version: 1,
    outcomes: [{ reason: canary("nota-canaria-del-resultado") }],
  });
  await refused("/files", { ...of, note: canary("nota-canaria-del-expediente") });

  const { staff } = await done("/staff", { officeId: booking.officeId, role: "clerk", name: STAFF_NAME }, admin);
  const enrolment = await done(`/staff/${staff!.id}/enrolment`, undefined, admin);
  canary(enrolment.token!);
  await done("/enrol/options", { token: enrolment.token }, SAME_ORIGIN);
  await refused(
    "/enrol/verify",
    { token: enrolment.token, response: { id: canary("llave-canaria-del-alta") } },
    SAME_ORIGIN,
  );
  await refused("/staff", { role: canary("puesto-canario"), name: canary("Nombre Canario Sin Alta") }, admin);
  await refused("/staff", { role: "clerk", name: canary("Personal\u202eCanario al revés") }, admin);
  await done(`/staff/${staff!.id}/deactivate`, undefined, admin);
  await done("/sign-out", undefined);
}
