import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { goOn, HOURS, type AskingHousehold } from "#tests/support/draw-world.ts";
import { citizen } from "#tests/support/fixtures.ts";
import { withdraw } from "#modules/booking/index.ts";
import { lockDraw } from "#modules/allocation/commands/lock-draw.ts";
import { runDraw } from "#modules/allocation/commands/run-draw.ts";
import { listDraws } from "#modules/allocation/store/draws.ts";
import { advanceDraws, openNextDraw, type Draw } from "#modules/allocation/index.ts";
import { DAY_MS, MINUTE_MS } from "#kernel/time.ts";
import { systemContext, type Tx } from "#platform/context.ts";
import { rows, run, sql } from "#platform/db/index.ts";
import { brokenRules, expectConsistent } from "#tests/support/consistency.ts";
import { servicesOn, type TestServices } from "#tests/support/database.ts";
import { fingerprint, openDrawWorld, type DrawWorld, type Moment } from "./draw-world.ts";

let world: DrawWorld;
beforeAll(async () => {
  world = await openDrawWorld();
});
afterAll(() => world.close());

/** Two nodes on a copy of the world as it was at that moment. */
async function on(moment: Moment, work: (services: TestServices, other: TestServices) => Promise<void>): Promise<void> {
  const services = await world.copy(moment);
  const other = { ...servicesOn(services.url, { now: HOURS[moment] }), witnesses: services.witnesses };
  try {
    await work(services, other);
  } finally {
    await other.close();
    await services.close();
  }
}
async function drawOf(services: TestServices): Promise<Draw> {
  const [draw] = await services.database.reading("worker", (tx) => listDraws(tx, { id: world.drawId }));
  return draw!;
}
const codeOf = (settled: PromiseSettledResult<unknown>): unknown =>
  settled.status === "rejected" ? (settled.reason as { code?: unknown }).code : "went through";

describe("a beacon that is late", () => {
  const late = (services: TestServices): TestServices => ({
    ...services,
    beacon: { ...services.beacon, fetchRound: () => Promise.resolve(undefined) },
  });

  test("is waited for, and then the draw is the same", async () => {
    await on("round", async (services) => {
      const locked = await fingerprint(services);
      await goOn(late(services), HOURS.round);
      expect(await fingerprint(services)).toEqual(locked);
      await goOn(late(services), new Date(HOURS.round.getTime() + 6 * DAY_MS));
      expect(await fingerprint(services)).toMatchObject({ draws: locked.draws, places: locked.places });
      await goOn(services, new Date(HOURS.round.getTime() + 6 * DAY_MS));
      const { outcomes, papers } = await world.undisturbed("round");
      expect(await fingerprint(services)).toMatchObject({ outcomes, papers });
      await expectConsistent(services.adminQuery);
    });
  });

  test("makes the draw void after seven days: its places are planned again, and who asked stands in the next draw", async () => {
    await on("round", async (services) => {
      const after = new Date(HOURS.round.getTime() + 7 * DAY_MS + MINUTE_MS);
      const asked = await services.adminQuery("select count(*)::int from allocation.requests");
      await goOn(late(services), after);
      expect(await services.adminQuery("select state, count(*)::int from allocation.draws group by 1")).toEqual([
        { state: "void", count: 2 },
      ]);
      expect(await services.adminQuery("select distinct state from schedules.places")).toEqual(
        expect.arrayContaining([{ state: "planned" }]),
      );
      expect(await services.adminQuery("select from schedules.places where draw_id is not null")).toEqual([]);
      expect(
        await services.adminQuery("select count(*)::int from allocation.requests where state = 'standing'"),
      ).toEqual(asked);
      const monday = new Date(after.getTime() + DAY_MS);
      const next = await openNextDraw({ ...systemContext(services, "test"), now: monday }, "weekly");
      await goOn(services, monday);
      expect(
        await services.adminQuery("select count(*)::int from allocation.entries where draw_id = $1", [next]),
      ).toEqual([{ count: world.patient.length }]);
      await expectConsistent(services.adminQuery);
    });
  });
});

describe("two nodes that advance the draws at the same time", () => {
  test.each(["lock", "round"] as const)("come to one result (%s)", async (moment) => {
    const expected = await world.undisturbed(moment);
    await on(moment, async (services) => {
      await Promise.all([world.node(services, moment), world.node(services, moment)]);
      // Each may have passed over what the other had begun.
      await goOn(services, HOURS[moment]);
      expect(await fingerprint(services)).toEqual(expected);
      await expectConsistent(services.adminQuery);
    });
  });

  test("and of two that draw one says that it was done", async () => {
    await on("round", async (services, other) => {
      const draw = await drawOf(services);
      const both = [services, other].map((node) => runDraw(systemContext(node, "test"), draw));
      expect((await Promise.all(both)).sort()).toEqual(["done", "drawn"]);
    });
  });

  test("would write over each other if none took the draw's row (the negative control)", async () => {
    await on("round", async (services, other) => {
      const draw = await drawOf(services);
      const meet = meetingOf(2);
      const both = [services, other].map((node) => runDraw(systemContext(withoutTaking(node, meet), "test"), draw));
      expect((await Promise.allSettled(both)).map(codeOf).sort()).toEqual([UNIQUE_VIOLATION, "went through"]);
    });
  });
});
const UNIQUE_VIOLATION = "23505";

/** Waits until so many have come. */
function meetingOf(count: number): () => Promise<void> {
  let letAllGo: () => void;
  const all = new Promise<void>((resolve) => (letAllGo = resolve));
  return () => {
    if (--count === 0) letAllGo();
    return all;
  };
}

/** A node that looks at the draw's row without locking it. */
function withoutTaking(services: TestServices, meet: () => Promise<void>): TestServices {
  interface Client {
    query(statement: { readonly text: string; readonly values: unknown[] }): Promise<unknown>;
  }
  const careless = (tx: Tx): Tx => {
    const client = tx as unknown as Client;
    const query: Client["query"] = async ({ text, values }) => {
      const answer = await client.query({ text: text.replace(/(from allocation\.draws.*) for update/, "$1"), values });
      if (/from allocation\.draws.* for update/.test(text)) await meet();
      return answer;
    };
    return new Proxy(client, {
      get: (of, name) => (name === "query" ? query : Reflect.get(of, name)),
    }) as unknown as Tx;
  };
  const { database } = services;
  return {
    ...services,
    database: {
      ...database,
      transaction: (role, scope, work, more) => database.transaction(role, scope, (tx) => work(careless(tx)), more),
    },
  };
}

const INSERT = sql`insert into allocation.entries (draw_id, app_id, persons, need, tier, contact, domain, options, lot, leaf)
  select draw_id, gen_random_uuid(), persons, need, tier, contact, domain, options, lot, leaf from allocation.entries limit 1`;
const CHANGE = sql`update allocation.entries set tier = 1`;
const DELETE = sql`delete from allocation.entries where app_id = (select app_id from allocation.entries limit 1)`;

describe("the entries of a locked draw", () => {
  test.each([
    ["added", INSERT],
    ["changed", CHANGE],
    ["taken out", DELETE],
  ])("cannot be %s, whoever asks", async (_, statement) => {
    await on("round", async (services) => {
      const superuser = services.adminQuery(statement.text);
      await expect(superuser).rejects.toMatchObject({ code: "VE001" });
      for (const role of ["worker", "citizen_writer"] as const) {
        const asked = services.database.transaction(role, {}, (tx) => run(tx, statement));
        await expect(asked).rejects.toMatchObject({ code: expect.stringMatching(/VE001|42501/) as string });
      }
    });
  });
});

describe("a filing that races the lock", () => {
  /** Locks the draw, and does something to its entries after they were read and before the lock is committed. */
  async function lockUnder(
    services: TestServices,
    other: TestServices,
    deed: typeof INSERT | (() => Promise<unknown>),
  ): Promise<unknown> {
    const draw = await drawOf(services);
    let isRead: () => void;
    const read = new Promise<void>((resolve) => (isRead = resolve));
    const keyring: TestServices["keyring"] = {
      ...services.keyring,
      // The manifest is signed when all entries are read.
      async signPublic(...args) {
        isRead();
        await wait(150);
        return services.keyring.signPublic(...args);
      },
    };
    const locking = lockDraw(systemContext({ ...services, keyring }, "test"), draw);
    await read;
    const filing =
      typeof deed === "function" ? deed() : other.database.transaction("worker", {}, (tx) => run(tx, deed));
    const [locked, filed] = await Promise.allSettled([locking, filing]);
    expect(locked).toEqual({ status: "fulfilled", value: true });
    return codeOf(filed);
  }

  test.each([
    ["adds an entry", INSERT],
    ["takes one out", DELETE],
  ])("and %s is refused", async (_, statement) => {
    await on("lock", async (services, other) => {
      expect(await lockUnder(services, other, statement)).toBe("VE001");
      await goOn(services, HOURS.round);
      expect((await drawOf(services)).state).toBe("drawn");
    });
  });

  test("and takes a request back is answered as after the lock: the leaf stays, the request is withdrawn", async () => {
    await on("lock", async (services, other) => {
      const [{ requestId, contactId }] = world.patient as [AskingHousehold];
      const ctx = { ...citizen(other, contactId), now: new Date(HOURS.lock.getTime() - 1) };
      const taken: unknown[] = [];
      const deed = async () => taken.push(await withdraw(ctx, requestId, contactId));
      expect(await lockUnder(services, other, deed)).toBe("went through");
      expect(taken).toEqual([{ ok: true, value: { promise: null } }]);
      await goOn(services, HOURS.round);
      expect((await drawOf(services)).state).toBe("drawn");
      await expectConsistent(services.adminQuery);
    });
  });

  test.each([
    ["adds an entry", INSERT, "no_entry_after_lock"],
    ["takes one out", DELETE, "no_loss_after_lock"],
  ])(
    "and %s slips in without the trigger, and the draw refuses to be drawn (the negative control)",
    async (_, statement, trigger) => {
      await on("lock", async (services, other) => {
        await services.adminQuery(`alter table allocation.entries disable trigger ${trigger}`);
        expect(await lockUnder(services, other, statement)).toBe("went through");
        services.clock.set(HOURS.round);
        await expect(advanceDraws(systemContext(services, "test"))).rejects.toThrow("not those that were locked");
      });
    },
  );

  test.each([
    ["as it was signed", "true", undefined],
    ["lost", "true", "null"],
    ["of another text", "true", "replace(entries_note, E'\\n\\n', E'x\\n\\n')"],
    ["lost, and nothing was changed", "false", "null"],
  ])(
    "an entry that is changed after the lock is found, with the signed note of the entries %s",
    async (_, where, note) => {
      await on("round", async (services) => {
        await services.adminQuery("alter table allocation.entries disable trigger no_change_after_lock");
        await services.adminQuery(
          `update allocation.entries set tier = 4 - tier, persons = persons + 1 where ${where}`,
        );
        if (note)
          await services.adminQuery(`update allocation.draws set entries_note = ${note} where state = 'locked'`);
        services.clock.set(HOURS.round);
        const drawn = advanceDraws(systemContext(services, "test"));
        if (where === "true") await expect(drawn).rejects.toThrow("not those that were locked");
        else await expect(drawn.then(() => drawOf(services))).resolves.toMatchObject({ state: "drawn" });
      });
    },
  );

  test("and was written before it is waited for, and is in the tree", async () => {
    await on("lock", async (services, other) => {
      const [{ count: before }] = (await services.adminQuery<{ count: number }>(
        "select count(*)::int from allocation.entries",
      )) as [{ count: number }];
      let written: () => void;
      const isWritten = new Promise<void>((resolve) => (written = resolve));
      const filing = other.database.transaction("worker", {}, async (tx) => {
        await run(tx, INSERT);
        written();
        await wait(300);
      });
      await isWritten;
      const [locked] = await Promise.all([lockDraw(systemContext(services, "test"), await drawOf(services)), filing]);
      expect(locked).toBe(true);
      const [line] = await services.database.reading("worker", (tx) =>
        rows<{ count: number }>(
          tx,
          sql`select (line::jsonb -> 'body' ->> 'count')::int as count from allocation.documents where kind = 'manifest'`,
        ),
      );
      expect(line).toEqual({ count: before + 1 });
    });
  });
});

const PLACES = "an assigned place belongs to an offered request with that seating";
const SUPPLY = "a draw's places are committed, assigned, or were taken by who accepted";
const REQUESTS = "a request is offered by one draw, and confirmed with its booking";
const OUTCOMES = "a draw has an outcome for every entry, and a winner is answered once";
const one = (table: string, where = "true") => `ctid = (select min(ctid) from ${table} where ${where})`;
/** The negative controls of the rules by which everything above is judged. */
// prettier-ignore
const DAMAGES: readonly [damage: string, statement: string, rule: string][] = [
  ["an assigned place lost", `update schedules.places set state = 'freed', holder = null, draw_id = null where ${one("schedules.places", "state = 'assigned'")}`, PLACES],
  ["a place of the supply lost", `update schedules.places set state = 'freed', holder = null, draw_id = null where ${one("schedules.places", "state = 'assigned'")}`, SUPPLY],
  ["a place of somebody else", "update schedules.places set holder = (select max(holder::text)::uuid from schedules.places where state = 'assigned') where state = 'assigned'", PLACES],
  ["an offer without seats", "update allocation.filings set seating = '[]' where answer = 'offered'", PLACES],
  ["an offer that no draw made", `update allocation.requests set state = 'offered' where ${one("allocation.requests", "state = 'standing'")}`, REQUESTS],
  ["a booking that is not there", `update allocation.requests set booking_id = gen_random_uuid() where ${one("allocation.requests", "state = 'confirmed'")}`, REQUESTS],
  ["an outcome lost", `delete from allocation.outcomes where ${one("allocation.outcomes")}`, OUTCOMES],
  ["an offer to who got nothing", "update allocation.filings set answer = 'offered' where answer = 'waiting'", OUTCOMES],
];

test("damage to a draw is found by the rule that speaks of it", async () => {
  await on("answers", async (services) => {
    await expectConsistent(services.adminQuery);
    const client = new pg.Client({ connectionString: services.url });
    await client.connect();
    try {
      for (const [damage, statement, rule] of DAMAGES) {
        await client.query("begin; set local session_replication_role = replica");
        const damaged = (await client.query(statement)).rowCount;
        const broken = await brokenRules(async (text) => (await client.query<Record<string, unknown>>(text)).rows);
        expect([damage, damaged, Object.keys(broken)]).toEqual([
          damage,
          expect.any(Number),
          expect.arrayContaining([rule]),
        ]);
        await client.query("rollback");
      }
    } finally {
      await client.end();
    }
  });
});
