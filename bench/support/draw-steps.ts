import { monitorEventLoopDelay } from "node:perf_hooks";
import pg from "pg";
import { inclusionProof, merkleLevels, rootFromProof } from "#kernel/merkle.ts";
import { toHex } from "#kernel/digest.ts";
import { lockDraw } from "#modules/allocation/commands/lock-draw.ts";
import { entriesOf, readBook, readsOf } from "#modules/allocation/commands/read-book.ts";
import { runDraw } from "#modules/allocation/commands/run-draw.ts";
import { announceDraw } from "#modules/allocation/commands/seat.ts";
import { drawBook } from "#modules/allocation/rules/allocate.ts";
import { outcomeHash } from "#modules/allocation/rules/documents.ts";
import { drawOrder } from "#modules/allocation/rules/order.ts";
import { listDraws } from "#modules/allocation/store/draws.ts";
import type { Digest, DrawId } from "#modules/allocation/index.ts";
import { systemContext, type Context } from "#platform/context.ts";
import { ownSeconds, serverSeconds } from "./processor.ts";
import { servicesOf, type World } from "./world.ts";

/** A week whose draw is open, its lock and its round; the machine's own day does not matter. */
export const DRAW_TIMES = {
  open: new Date("2026-11-24T18:00:00Z"),
  lock: new Date("2026-11-30T02:00:00Z"),
  round: new Date("2026-11-30T02:30:00Z"),
} as const;

export type What = "draw" | "draw and seats" | "phases";

export interface Taken {
  readonly seconds: number;
  /** Of the processor, for this process and for the server. */
  readonly own: number;
  readonly server: number;
}
export interface Steps {
  readonly taken: Readonly<Record<string, Taken>>;
  /** How much of the lock was spent on committing the places, in seconds. */
  readonly placesSeconds: number;
  readonly peakMb: number;
  /** Seconds. */
  readonly longestStatement: number;
  readonly longestIdle: number;
  readonly longestStall: number;
}

/** What one process does of a draw, and how long each part took. */
export async function runSteps(url: string, drawId: DrawId, what: What): Promise<Steps> {
  const services = servicesOf({ url } as World);
  const taken: Record<string, Taken> = {};
  const own = new pg.Client({ connectionString: url });
  await own.connect();
  const inServer = () =>
    serverSeconds(async <Row extends pg.QueryResultRow>(text: string) => (await own.query<Row>(text)).rows);
  const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const before = { seconds: performance.now() / 1000, own: ownSeconds(), server: await inServer() };
    const value = await work();
    taken[name] = {
      seconds: performance.now() / 1000 - before.seconds,
      own: ownSeconds() - before.own,
      server: (await inServer()) - before.server,
    };
    return value;
  };
  const at = (now: Date): Context => ({ ...systemContext(services, "bench"), now });
  const find = async () => (await services.database.reading("report", (tx) => listDraws(tx, { id: drawId })))[0]!;
  const statements = watchStatements();
  let placesSeconds = 0;
  const delay = monitorEventLoopDelay();
  delay.enable();
  let peakMb = 0;
  if (what !== "phases") {
    if (!(await timed("lock", async () => lockDraw(at(DRAW_TIMES.lock), await find())))) throw new Error("not locked");
    placesSeconds = statements.secondsOn("schedules.places");
    const drawn = await timed("draw", async () => runDraw(at(DRAW_TIMES.round), await find()));
    if (drawn !== "drawn") throw new Error(drawn);
    peakMb = process.resourceUsage().maxRSS / 1024;
    if (what === "draw and seats") await timed("seats", async () => announceDraw(at(DRAW_TIMES.round), await find()));
  } else {
    await phases(at(DRAW_TIMES.round), drawId, timed);
  }
  delay.disable();
  await Promise.all([services.database.close(), services.keyring.close(), own.end()]);
  return { taken, placesSeconds, peakMb, ...statements.longest(), longestStall: delay.max / 1e9 };
}

async function phases(
  ctx: Context,
  drawId: DrawId,
  timed: <T>(name: string, work: () => T | Promise<T>) => Promise<T>,
): Promise<void> {
  const read = readsOf(ctx);
  await timed("reading entries", async () => {
    let count = 0;
    for await (const { persons } of entriesOf(read, drawId)) count += persons;
    return count;
  });
  const { book } = await timed("reading and hashing leaves", () => readBook(read, drawId, { leaves: true }));
  await timed("reading, known by their digest", () => readBook(read, drawId, { leaves: false }));
  const root = await timed("root of the tree", () => book.root());
  await timed("keys and order", () => drawOrder(book, SEED));
  const drawn = await timed("keys, order and walk", () => drawBook(book, SEED));
  await timed("hash of the outcomes", () => outcomeHash(drawn.outcomes()));
  await timed("cutoffs", () => drawn.cutoffs);
  const leaves = book.leafHashes();
  const index = book.count >>> 1;
  const proof = await timed("way of one leaf", () => inclusionProof<Digest>(merkleLevels(leaves), index));
  const leaf = toHex(leaves.subarray(index * 32, index * 32 + 32)) as Digest;
  if ((await timed("one proof checked", () => rootFromProof(leaf, proof))) !== root) throw new Error("a proof fails");
}
const SEED = "5e".repeat(32) as Digest;

/** How long each statement of this process took, and how long transactions waited for their next one. */
function watchStatements() {
  const taken: { readonly text: string; readonly seconds: number }[] = [];
  let longestIdle = 0;
  const ended = new WeakMap<object, number>();
  const inTransaction = new WeakSet();
  const client = pg.Client.prototype as unknown as { query: (this: object, ...args: unknown[]) => unknown };
  const original = client.query;
  client.query = function (...args) {
    const began = performance.now();
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    const before = ended.get(this);
    if (before !== undefined) longestIdle = Math.max(longestIdle, began - before);
    if (text.startsWith("begin")) inTransaction.add(this);
    if (text === "commit" || text === "rollback") inTransaction.delete(this);
    const answer = original.apply(this, args);
    void Promise.resolve(answer).then(
      () => {
        const now = performance.now();
        taken.push({ text, seconds: (now - began) / 1000 });
        if (inTransaction.has(this)) ended.set(this, now);
        else ended.delete(this);
      },
      () => undefined,
    );
    return answer;
  };
  return {
    secondsOn: (table: string) =>
      taken.filter(({ text }) => text.includes(table)).reduce((sum, { seconds }) => sum + seconds, 0),
    longest: () => ({
      longestStatement: Math.max(...taken.map(({ seconds }) => seconds)),
      longestIdle: longestIdle / 1000,
    }),
  };
}
