import { randomUUID } from "node:crypto";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import type { LocalDate } from "#kernel/ids.ts";
import { advanceDraws } from "#modules/allocation/index.ts";
import { bookDueOffers } from "#modules/booking/index.ts";
import { sendDueMessages, sweepReminders } from "#modules/messaging/index.ts";
import { codeDigits } from "#modules/people/index.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aDrawWorld, ANY_MORNING } from "#tests/support/draw-world.ts";
import { anApplicant, aSession } from "#tests/support/fixtures.ts";
import { fakeSender } from "../../src/modules/messaging/messaging.fixtures.ts";
import { aCurp } from "./curps.ts";
import { openProgram, type Program } from "./program.ts";

/** The prepaid telephone of the family: the adversary has it, and reads what comes to it. */
export const FAMILY_PHONE = "+15592341870";
const OTHER_PHONE = "+15592341999";
export const OFFICE = "fresno";
/** The adversary knows all of it: who they are, where and when they were born, their CURPs. */
export const MOTHER = person(1, { curp: aCurp(11) });
export const CHILD = person(2, { curp: aCurp(12) });
/** Who does the same where the family does nothing, so that no more and no fewer places are left. */
const STRANGERS = [person(701, { curp: aCurp(71) }), person(702, { curp: aCurp(72) })] as const;
export const HOUR = "2026-12-03T16:00:00.000Z";

export type Session = string;

/** A world: a service, the family's own doings in it or a stranger's, and what reached the family's telephone. */
export interface FamilyWorld {
  readonly services: TestServices;
  readonly program: Program;
  /** Folio and PIN that only she has. */
  readonly secret: { folio: string; pin: string };
  /** Everything that was sent to the telephone since she filed. */
  readonly inbox: string[];
  /** Her own session, which the adversary does not have. */
  session: Session;
  readonly ids: { booking: string; request: string; emergency: string };
  send(options: InjectOptions): Promise<LightMyRequestResponse>;
  api(
    session: Session,
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    payload?: object,
  ): Promise<LightMyRequestResponse>;
  /** A session that has proved that contact by the code that came to it. */
  proved(address: string, kind?: "sms" | "voice"): Promise<Session>;
  /** Turns the clock, and does what is due by then. */
  goOn(to: Date): Promise<void>;
  close(): Promise<void>;
}

export interface Filing {
  /** Who files: the family from its telephone, or a stranger from hers. */
  readonly by: "family" | "stranger";
  /** With a folio and PIN of her own, as the page of the delicate situation makes them; else with the contact alone. */
  readonly ownPin: boolean;
}

function person(number: number, change: { curp: string }) {
  const { parents: _, ...one } = anApplicant(number, { ...change, bornIn: "NE" });
  return one;
}

export const body = (who: object, startsAt = HOUR) => ({
  wanted: { officeId: OFFICE, localDate: startsAt.slice(0, 10), startsAt },
  applicants: [who],
});
export const wish = (who: object) => ({
  applicants: [who],
  wish: { ...ANY_MORNING },
  autoConfirm: true,
});

export async function aFamilyWorld({ by, ownPin }: Filing): Promise<FamilyWorld> {
  const services = await openTestServices();
  await aSession(services, { opens: "08:00", steps: 8, counters: 6 });
  await aSession(services, { localDate: "2026-12-04" as LocalDate, opens: "08:00", steps: 8, counters: 6 });
  await aDrawWorld(services, { counters: 4 });
  const program = await openProgram(services);
  const inbox: string[] = [];
  const send = (options: InjectOptions) => program.web.inject(options);

  const api: FamilyWorld["api"] = (session, method, path, payload) =>
    send({
      method,
      url: `/api/v1${path}`,
      headers: {
        ...(session && { authorization: `Bearer ${session}` }),
        ...(method === "POST" && { "idempotency-key": randomUUID() }),
      },
      ...(payload && { payload }),
    });

  async function proved(address: string, kind: "sms" | "voice" = "sms"): Promise<Session> {
    const { token } = (await api("", "POST", "/sessions", {})).json<{ token: string }>();
    await api(token, "POST", "/sessions/code", { kind, address });
    const [code] = await services.adminQuery<{ id: string }>(
      "select id from people.codes order by created_at desc, ctid desc limit 1",
    );
    const verified = await api(token, "POST", "/sessions/verify", { code: await codeDigits(services, code!.id) });
    return verified.json<{ token: string }>().token;
  }

  async function deliver(): Promise<void> {
    const fakes = [fakeSender("sms"), fakeSender("voice"), fakeSender("email")];
    await program.dispatcher.drain();
    await sendDueMessages(
      systemContext(services, "test"),
      fakes.map((one) => one.sender),
    );
    for (const { sent } of fakes)
      for (const one of sent)
        // A code says that somebody typed the number, which anybody may.
        if (one.to === FAMILY_PHONE && one.kind !== "code")
          inbox.push(JSON.stringify([one.subject, one.text, one.html]));
  }

  const world: FamilyWorld = {
    services,
    program,
    secret: { folio: "", pin: "" },
    inbox,
    session: "",
    ids: { booking: "", request: "", emergency: "" },
    send,
    api,
    proved,
    async goOn(to) {
      services.clock.set(to);
      const ctx = systemContext(services, "test");
      for (let step = 0; step < 3; step++) await advanceDraws({ ...ctx, now: to });
      await bookDueOffers({ ...ctx, now: to });
      await sweepReminders({ ...ctx, now: to });
      await deliver();
      await program.refreshSnapshot();
    },
    close: () => program.close(),
  };

  const [mother, child] = by === "family" ? [MOTHER, CHILD] : STRANGERS;
  world.session = await proved(by === "family" ? FAMILY_PHONE : OTHER_PHONE);
  if (ownPin) {
    const made = (await api(world.session, "POST", "/sessions/account", { silent: true })).json<
      Record<string, string>
    >();
    Object.assign(world.secret, { folio: made["folio"], pin: made["pin"] });
    world.session = made["token"]!;
  }
  const delicate = ownPin;
  const filed = {
    booking: await api(world.session, "POST", "/bookings", { ...body(mother), delicate }),
    request: await api(world.session, "POST", "/requests", { ...wish(child), delicate }),
    emergency: await api(world.session, "POST", "/emergencies", {
      officeId: OFFICE,
      kind: "violence",
      neededBy: "week",
    }),
  };
  for (const [what, answer] of Object.entries(filed)) {
    if (answer.statusCode !== 201) throw new Error(`${what}: ${answer.body}`);
    world.ids[what as keyof typeof filed] = answer.json<{ id: string }>().id;
  }
  // What was asked for a quarter of an hour ago limits nobody's codes any more.
  services.clock.advance(20 * MINUTE_MS);
  await deliver();
  await program.refreshSnapshot();
  return world;
}
