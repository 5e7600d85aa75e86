import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import type { OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { DrawId } from "#modules/allocation/index.ts";
import {
  aDrawWorld,
  ANY_MORNING,
  DRAWN_DAY,
  HOURS,
  someRequests,
  type AskingHousehold,
} from "#tests/support/draw-world.ts";
import { setRelease } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { randomBytes } from "#platform/random.ts";
import type { WitnessAddress } from "#platform/witnesses.ts";
import { adminQuery, withDatabaseName } from "#tests/support/cluster.ts";
import { openTestServices, servicesOn, type TestServices } from "#tests/support/database.ts";
import { anApplicant, aSession, FRESNO } from "#tests/support/fixtures.ts";
import { startWitness, type RunningWitness } from "../../src/witness/service.ts";
import type { NodeOptions } from "./draw-node.ts";
import { bundleNode, runNode } from "./run-node.ts";

const DALLAS = "dallas" as OfficeId;

export type Moment = keyof typeof HOURS;

/** One draw whose world is copied as often as wanted: copies draw alike, for the keys were made before. */
export interface DrawWorld {
  readonly drawId: DrawId;
  /** Who wants to be asked before a booking. */
  readonly offers: readonly AskingHousehold[];
  /** Who takes any day, however late. */
  readonly patient: readonly AskingHousehold[];
  /** A copy of the world as it was when `moment` began. */
  copy(moment: Moment): Promise<TestServices>;
  /** The world's own copy as undisturbed nodes leave it after `moment`. */
  undisturbed(moment: Moment): Promise<Fingerprint>;
  /** Runs a node until it has done what is due at `moment`, or dies. Its statements, or undefined when it was killed. */
  node(of: TestServices, moment: Moment, more?: Pick<NodeOptions, "death" | "accept">): Promise<number | undefined>;
  close(): Promise<void>;
}

/** Two offices with sixteen places each that are drawn, and households that want more than that. */
export async function openDrawWorld(): Promise<DrawWorld> {
  const folder = await mkdtemp(join(tmpdir(), "draw-world-"));
  const before = await openTestServices();
  const witness = await startWitness({
    name: "witness.example/a",
    folder,
    operators: [{ name: new URL(before.publicOrigin).host, key: await before.keyring.publicKey("draw") }],
    host: "127.0.0.1",
    port: 0,
    now: () => HOURS.lock.getTime() / 1000,
    randomBytes,
  });
  const witnesses = [{ ...witness.signer, url: `http://127.0.0.1:${witness.port}` }];
  const filled = await fill({ ...before, witnesses });
  for (const hour of [HOURS.round, HOURS.over]) await before.beacon.fetchRound(hour.getTime() / 1000);
  await Promise.all([before.database.close(), before.keyring.close()]);
  await bundleNode();
  return worldOf(before.url, { ...filled, witness, witnesses, folder });
}

async function fill(services: TestServices): Promise<Pick<DrawWorld, "drawId" | "offers" | "patient">> {
  const drawId = await aDrawWorld(services, { hours: 1, counters: 5 });
  await aSession(services, { officeId: DALLAS, localDate: DRAWN_DAY, opens: "09:00", steps: 4, counters: 5 });
  await setRelease(systemContext(services, "test"), {
    officeId: DALLAS,
    serviceGroup: "documentacion",
    regime: "draw",
    drawsFrom: DRAWN_DAY,
    demand: null,
    decidedAt: services.clock.now(),
    decidedBy: "staff",
  });
  const dallas = { ...ANY_MORNING, offices: [DALLAS], to: null };
  const either = { ...ANY_MORNING, offices: [DALLAS, FRESNO] };
  await someRequests(services, 14);
  const patient = await someRequests(services, 8, { wish: dallas }, 100);
  const couple = (first: number) =>
    [0, 1].map((n) => anApplicant(first + n, { services: ["pasaporte-adulto" as ServiceSlug] }));
  for (const first of [200, 210, 220]) await someRequests(services, 1, { wish: either, applicants: couple(first) });
  const offers = await someRequests(services, 12, { wish: either, autoConfirm: false }, 300);
  return { drawId, offers, patient };
}

function worldOf(
  url: string,
  of: Pick<DrawWorld, "drawId" | "offers" | "patient"> & {
    readonly witness: RunningWitness;
    readonly witnesses: readonly WitnessAddress[];
    readonly folder: string;
  },
): DrawWorld {
  const server = inject("databaseUrl");
  const nameOf = (database: string): string => new URL(database).pathname.slice(1);
  const drop = (name: string) => adminQuery(server, `drop database ${name} with (force)`);
  const moments = Object.keys(HOURS) as Moment[];
  const states = new Map<Moment, string>([[moments[0]!, nameOf(url)]]);
  const left = new Map<Moment, Fingerprint>();

  async function clone(name: string, at: Date): Promise<TestServices> {
    const own = `test_${randomUUID().replaceAll("-", "")}`;
    await adminQuery(server, `create database ${own} template ${name}`);
    return {
      ...servicesOn(withDatabaseName(server, own), { now: at, drop: () => drop(own) }),
      witnesses: of.witnesses,
    };
  }
  async function copy(moment: Moment): Promise<TestServices> {
    return clone(await stateBefore(moment), HOURS[moment]);
  }
  /** The database that stands as undisturbed nodes left it before that moment; made when first asked for. */
  async function stateBefore(moment: Moment): Promise<string> {
    const known = states.get(moment);
    if (known) return known;
    const earlier = moments[moments.indexOf(moment) - 1]!;
    await goThrough(earlier);
    return states.get(moment)!;
  }
  async function goThrough(moment: Moment): Promise<void> {
    const services = await clone(await stateBefore(moment), HOURS[moment]);
    if ((await node(services, moment)) === undefined) throw new Error("an undisturbed node died");
    left.set(moment, await fingerprint(services));
    await Promise.all([services.database.close(), services.keyring.close()]);
    const next = moments[moments.indexOf(moment) + 1];
    if (next) states.set(next, nameOf(services.url));
    else await drop(nameOf(services.url));
  }
  function node(
    { url: database }: TestServices,
    moment: Moment,
    more: Pick<NodeOptions, "death" | "accept"> = {},
  ): Promise<number | undefined> {
    return runNode({ url: database, now: HOURS[moment].toISOString(), witnesses: of.witnesses, ...more });
  }
  return {
    drawId: of.drawId,
    offers: of.offers,
    patient: of.patient,
    copy,
    node,
    async undisturbed(moment) {
      if (!left.has(moment)) await goThrough(moment);
      return left.get(moment)!;
    },
    async close() {
      await of.witness.close();
      await rm(of.folder, { recursive: true });
      for (const name of states.values()) await drop(name);
    },
  };
}

/** Everything that a draw decided, without what is random in every run: ids of bookings, and what stands in the second round. */
export type Fingerprint = Awaited<ReturnType<typeof fingerprint>>;
export async function fingerprint({ adminQuery: ask }: Pick<TestServices, "adminQuery">) {
  const [draws, papers, witnesses, outcomes, answers, places, requests] = await Promise.all([
    ask("select state, root, seed from allocation.draws where follows is null"),
    ask(
      `select p.kind, line from allocation.documents p join allocation.draws d on d.id = draw_id where follows is null order by seq`,
    ),
    ask(
      `select witness from allocation.cosignatures c join allocation.draws d on d.id = draw_id where follows is null`,
    ),
    ask(
      `select o.* from allocation.outcomes o join allocation.draws d on d.id = draw_id where follows is null order by app_id`,
    ),
    ask(
      `select request_id, answer, live, seating from allocation.filings join allocation.draws d on d.id = draw_id where follows is null order by request_id`,
    ),
    ask(`select p.office_id, p.session_id, p.starts_at, p.counter, p.state, coalesce(r.id, p.holder) as whose from schedules.places p
         left join allocation.requests r on r.booking_id = p.holder order by 1, 2, 3, 4`),
    ask("select id, state, office_id from allocation.requests order by id"),
  ]);
  return { draws, papers, witnesses, outcomes, answers, places, requests };
}
