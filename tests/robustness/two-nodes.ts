import { randomUUID } from "node:crypto";
import pg from "pg";
import { mulberry32 } from "#kernel/mulberry32.ts";
import type { ContactId } from "#kernel/ids.ts";
import { book, type ApplicantRequest } from "#modules/booking/index.ts";
import { openDatabase, rows, sql, type Database } from "#platform/db/index.ts";
import { TEST_ROLE_SECRET } from "#tests/support/cluster.ts";
import { brokenRules } from "#tests/support/consistency.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, citizen, someContacts } from "#tests/support/fixtures.ts";
import { shuffled } from "./chance.ts";

/** Parties of one batch of a node; the other node has the same ones the other way round. */
const PARTIES = 3;
/** Everybody who takes part: few, so that batches share contacts, people and places with each other. */
const CONTACTS = 12;
const ROUNDS_BETWEEN_RESETS = 4;
/** So that a circle is found before a wait for a lock is given up (250 ms). */
const DEADLOCK_TIMEOUT = "10ms";

export interface Nodes {
  /** Two nodes book opposite batches at the same time, again and again. */
  run(rounds: number, seed: number): Promise<Findings>;
  /** What happens when each of two transactions locks in the order it likes: codes of the errors. */
  lockInOppositeOrders(): Promise<string[]>;
  close(): Promise<void>;
}
interface Findings {
  readonly booked: number;
  readonly refused: number;
  /** Codes of statements that failed, whether or not the batch was run again. */
  readonly failures: readonly string[];
  readonly broken: Readonly<Record<string, number>>;
}

export async function openNodes(): Promise<Nodes> {
  const services = await openTestServices();
  await services.adminQuery(
    `alter database ${new URL(services.url).pathname.slice(1)} set deadlock_timeout = '${DEADLOCK_TIMEOUT}'`,
  );
  const failures: string[] = [];
  const nodes = [0, 1].map((): TestServices => ({
    ...services,
    // The same few book again and again; their budgets are another test's.
    unlimited: true,
    database: watched(openDatabase({ url: services.url, roleSecret: TEST_ROLE_SECRET }), failures),
  }));
  const contacts = await someContacts(services, CONTACTS);
  const { wanted } = await aSession(services, { steps: 2, counters: CONTACTS });
  const admin = new pg.Client({ connectionString: services.url });
  await admin.connect();

  const bookAt = (node: TestServices, contactId: ContactId, applicants: ApplicantRequest[]) =>
    book(citizen(node, contactId), {
      contactId,
      wanted,
      applicants,
      idempotency: { route: "r", key: randomUUID(), body: "" },
    });
  const reset = () =>
    admin.query(`set session_replication_role = replica; delete from booking.bookings; delete from booking.appointments; delete from booking.applicants; delete from booking.claims;
      delete from platform.idempotency; delete from platform.outbox; delete from audit.entries; update booking.contact_counters set people = 0; update schedules.places set state = 'open', holder = null where state = 'booked'`);

  return {
    async run(rounds, seed) {
      const random = mulberry32(seed);
      let [booked, refused] = [0, 0];
      let broken: Record<string, number> = {};
      for (let round = 0; round < rounds && Object.keys(broken).length === 0; round++) {
        const chosen = shuffled(
          contacts.map((contactId, i) => ({ contactId, person: i % 6 })),
          random,
        ).slice(0, PARTIES);
        const batches = [chosen, chosen.toReversed()].map((order, node) =>
          Promise.all(order.map(({ contactId, person }) => bookAt(nodes[node]!, contactId, [anApplicant(person)]))),
        );
        const outcomes = (await Promise.all(batches)).flat();
        booked += outcomes.filter((one) => one.ok).length;
        refused += outcomes.filter((one) => !one.ok).length;
        if (round % 100 === 0 || round === rounds - 1)
          broken = await brokenRules(async (text) => (await admin.query<Record<string, unknown>>(text)).rows);
        // In between, batches meet what earlier rounds left: refusals take the same locks as bookings.
        if (round % ROUNDS_BETWEEN_RESETS === 0) await reset();
      }
      return { booked, refused, failures, broken };
    },
    async lockInOppositeOrders() {
      const already = failures.length;
      let arrived = 0;
      await Promise.allSettled(
        [contacts.slice(0, 2), contacts.slice(0, 2).toReversed()].map((order, node) =>
          nodes[node]!.database.transaction("citizen_writer", {}, async (tx) => {
            for (const id of order) {
              await rows(tx, sql`select people from booking.contact_counters where contact_id = ${id} for update`);
              for (arrived += 1; arrived < 2;) await new Promise((resolve) => setImmediate(resolve));
            }
          }),
        ),
      );
      return failures.slice(already);
    },
    async close() {
      await admin.end();
      await Promise.all(nodes.map((node) => node.database.close()));
      await services.close();
    },
  };
}

/**
 * A database that remembers why transactions failed, since a batch that is run again tells nobody. Every
 * transaction may wait: on a busy machine a slow lock is no circle, and a circle is found long before.
 */
function watched(database: Database, failures: string[]): Database {
  return {
    ...database,
    transaction: (role, scope, work) =>
      database.transaction(role, scope, work, { patient: true }).catch((error: unknown) => {
        failures.push((error as { code?: string }).code ?? String(error));
        throw error;
      }),
  };
}
