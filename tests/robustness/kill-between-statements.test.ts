import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ContactId, ServiceSlug } from "#kernel/ids.ts";
import { book, bookingIdle, hold, type ApplicantRequest, type WantedTime } from "#modules/booking/index.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { openDatabase, roleName, type Database } from "#platform/db/index.ts";
import { DIGESTS } from "#platform/keyring/index.ts";
import { TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { expectConsistent, type Ask } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { openCuttingProxy, type Cut, type CuttingProxy } from "./cutting-proxy.ts";

const WRITER = roleName("citizen_writer");
let direct: TestServices;
/** The same services, but the database is reached through the proxy. */
let services: TestServices;
let proxy: CuttingProxy;
let wanted: WantedTime;
let contacts: ContactId[];
let person = 0;
/** One connection for all questions of the test: opening one costs more than the question. */
let admin: pg.Client;
const ask: Ask = async (text, values) => (await admin.query<Record<string, unknown>>(text, values)).rows;

beforeAll(async () => {
  direct = await openTestServices();
  const url = new URL(direct.url);
  proxy = await openCuttingProxy({ hostname: url.hostname, port: url.port });
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  const database: Database = openDatabase({ url: url.href, roleSecret: TEST_ROLE_SECRET, onError: () => undefined });
  services = { ...direct, database };
  ({ wanted } = await aSession(direct, { steps: 4, counters: 700 }));
  await getNetwork(services);
  contacts = await someContacts(direct, 600);
  admin = new pg.Client({ connectionString: direct.url });
  await admin.connect();
  const contactId = contacts.pop()!;
  const booked = await book(citizen(direct, contactId), { contactId, wanted, applicants: [anApplicant(0)] });
  if (!booked.ok) throw new Error(booked.refusal.code);
});
afterAll(async () => {
  await admin.end();
  await services.database.close();
  await proxy.close();
  await direct.close();
});

interface Party {
  readonly contactId: ContactId;
  ask(): ReturnType<typeof book>;
}

/** One alone, a family of three with two services each, one who confirms a hold, and one whom another contact filed before: every branch of a batch. */
async function fourParties(): Promise<Party[]> {
  const [single, family, holder, second] = contacts.splice(0, 4) as [ContactId, ContactId, ContactId, ContactId];
  const both = ["pasaporte-adulto", "matricula-consular"] as ServiceSlug[];
  const party = (contactId: ContactId, applicants: ApplicantRequest[], holdId?: string): Party => {
    const idempotency = { route: "POST /api/v1/bookings", key: randomUUID(), body: contactId };
    return {
      contactId,
      // The budget of tries is a transaction of its own, before the batch that is cut here.
      ask: () =>
        book(
          { ...citizen(services, contactId), unlimited: true },
          { contactId, wanted, applicants, idempotency, holdId },
        ),
    };
  };
  const somebody = (services?: ServiceSlug[]) => anApplicant(++person, services && { services });
  const held = [somebody()];
  const holdId = await keep(direct, holder, held);
  return [
    party(single, [somebody()]),
    party(family, [somebody(both), somebody(both), somebody(both)]),
    party(holder, held, holdId),
    party(second, [anApplicant(0)]),
  ];
}

async function keep(through: TestServices, contactId: ContactId, applicants: ApplicantRequest[]): Promise<string> {
  const held = await hold(citizen(through, contactId), { contactId, wanted, applicants });
  if (!held.ok) throw new Error(held.refusal.code);
  return held.value.holdId;
}

/** With every key in memory the four are prepared in one turn of the loop, and so are one batch. */
async function warmKeys(): Promise<void> {
  await Promise.all(
    DIGESTS.map(async (name) => {
      // Makes the keyring read its versions anew, so that they do not go stale in the middle of a round.
      if (name !== "subject" && name !== "beacon") await services.keyring.endRotation(name);
      await services.keyring.digest(name, [""]);
    }),
  );
}

/** Asks for all four at once while the line is cut, then repeats with the same key whatever got no answer. Answers what the first try said. */
async function bookWhileCut(cut?: Cut): Promise<("answered" | "error")[]> {
  const parties = await fourParties();
  await warmKeys();
  proxy.watch(WRITER, cut);
  const first = await Promise.allSettled(parties.map((one) => one.ask()));
  await bookingIdle(services);
  proxy.restore();
  const last = await Promise.all(parties.map(async (one, i) => valueOf(first[i]!) ?? one.ask()));
  const again = await Promise.all(parties.map((one) => one.ask()));

  const stored = await ask("select id, contact_id from booking.bookings where contact_id = any($1)", [
    parties.map((one) => one.contactId),
  ]);
  expect(stored).toHaveLength(4);
  for (const [i, { contactId }] of parties.entries()) {
    const answer = {
      ok: true,
      value: { bookingId: stored.find((one) => one["contact_id"] === contactId)?.["id"], officeId: wanted.officeId },
    };
    expect([last[i], again[i]]).toEqual([answer, answer]);
  }
  return first.map((one) => (one.status === "fulfilled" ? "answered" : "error"));
}

function valueOf<T>(settled: PromiseSettledResult<T>): T | undefined {
  return settled.status === "fulfilled" ? settled.value : undefined;
}

/** Statements of the batch when nobody disturbs it: found once, and every cut is placed by it. */
let whole = 0;
/** Statements that leave in one write with the commit, itself included: those that decide nothing any more. */
const SENT_WITH_THE_COMMIT = 8;
test("undisturbed, four parties are one transaction", async () => {
  expect(await bookWhileCut()).toEqual(Array(4).fill("answered"));
  expect(proxy.wasCut()).toBe(false);
  whole = proxy.statements();
  expect(whole).toBeGreaterThan(15);
  const [row] = await ask(
    "select count(distinct xmin::text)::int as transactions from booking.bookings where id <> (select id from booking.bookings order by ctid limit 1)",
  );
  expect(row).toEqual({ transactions: 1 });
});

test.each(["before", "after"] as const)(
  "cut %s each statement in turn, all or nothing of each party is there and the key has one effect",
  async (when) => {
    for (let statement = 1; statement <= whole; statement++) {
      const outcomes = await bookWhileCut({ statement, when });
      expect([statement, proxy.wasCut()]).toEqual([statement, true]);
      // Cut before the last write, the batch is run again at once and nobody notices. In the last write the commit travels along: it may
      // have happened, so nothing is repeated; it is looked up, and whoever is not found gets an error and has the key.
      const withCommit = statement > whole - SENT_WITH_THE_COMMIT;
      const never = withCommit && when === "before";
      const maybe = withCommit && when === "after" && statement < whole;
      const expected = never ? "error" : maybe ? outcomes[0] : "answered";
      expect([statement, outcomes]).toEqual([statement, Array(4).fill(expected)]);
    }
    await expectConsistent(ask);
  },
);

test.each(["before", "after"] as const)(
  "cut for good %s a statement, all four get an error and their keys find out what happened",
  async (when) => {
    for (const statement of [1, 2, Math.floor(whole / 2), whole - 1, whole]) {
      expect([statement, await bookWhileCut({ statement, when, forGood: true })]).toEqual([
        statement,
        Array(4).fill("error"),
      ]);
    }
    await expectConsistent(ask);
  },
);

test("cut while the commit is on its way, the answer is right or an error, and the key still has one effect", async () => {
  for (let round = 0; round < 10; round++) {
    await bookWhileCut({ statement: whole, when: "during" });
    expect(proxy.wasCut()).toBe(true);
  }
  await expectConsistent(ask);
});

test("a server that breaks down while it commits has not said no: what became of each is looked up, also without a key", async () => {
  const parties = contacts
    .splice(0, 2)
    .map((contactId) => ({ contactId, wanted, applicants: [anApplicant(++person)] }));
  await warmKeys();
  const undisturbed = contacts
    .splice(0, 1)
    .map((contactId) => ({ contactId, wanted, applicants: [anApplicant(++person)] }));
  proxy.watch(WRITER);
  await book({ ...citizen(services, undisturbed[0]!.contactId), unlimited: true }, undisturbed[0]!);
  proxy.watch(WRITER, { statement: proxy.statements(), when: "after", panics: true });
  const outcomes = await Promise.all(
    parties.map((one) => book({ ...citizen(services, one.contactId), unlimited: true }, one)),
  );
  expect([proxy.wasCut(), ...outcomes.map((one) => one.ok)]).toEqual([true, true, true]);
  await expectConsistent(ask);
});

test("a hold that was cut anywhere leaves its contact with one hold at most, and asking again gives it", async () => {
  for (const when of ["before", "after"] as const) {
    for (let statement = 1, cut = true; cut; statement++) {
      const contactId = contacts.pop()!;
      const applicants = [anApplicant(++person), anApplicant(++person)];
      proxy.watch(WRITER, { statement, when });
      await keep(services, contactId, applicants).catch(() => undefined);
      cut = proxy.wasCut();
      const holdId = await keep(services, contactId, applicants);
      expect(
        await ask(
          "select distinct holder from schedules.places where state = 'held' and holder = (select hold_id from booking.contact_counters where contact_id = $1)",
          [contactId],
        ),
      ).toEqual([{ holder: holdId }]);
      expect(statement).toBeLessThan(30);
    }
  }
  await expectConsistent(ask);
});
