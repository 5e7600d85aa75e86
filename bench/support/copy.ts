import { mkdtemp, chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DrawId } from "#modules/allocation/index.ts";
import { serverSeconds } from "./processor.ts";
import type { World } from "./world.ts";

const ENTRIES =
  "select app_id, persons, need, tier, contact, domain, options, lot from allocation.entries where draw_id = $draw";
const WISHES = "select id, text from allocation.wishes";
const PEOPLE = `select f.app_id, f.salt, r.contact_class, p.name_key, p.curp_key from allocation.filings f
  join allocation.requests r on r.id = f.request_id join allocation.request_people p on p.request_id = f.request_id where f.draw_id = $draw`;
const COUNTS = `select r.offices[1], r.tier, r.channel from allocation.filings f join allocation.requests r on r.id = f.request_id where f.draw_id = $draw`;
const OUTCOMES = "select * from allocation.outcomes where draw_id = $draw";
const DOCUMENTS = "select * from allocation.documents where draw_id = $draw";

export interface Copied {
  readonly seconds: number;
  /** Of the processor. */
  readonly server: number;
}

/**
 * Seconds in which the server itself copies out exactly the columns that a lock and a draw read, and copies in those
 * that they write, into tables with the same keys: binary, the same settings, no hashing and no order.
 */
export async function copyReference(world: World, drawId: DrawId): Promise<{ lock: Copied; draw: Copied }> {
  const folder = await mkdtemp(join(tmpdir(), "ventanilla-copy-"));
  await chmod(folder, 0o777);
  const file = (name: string): string => `'${join(folder, name)}'`;
  const timed = async (...statements: string[]): Promise<Copied> => {
    const [began, before] = [performance.now(), await serverSeconds((text) => world.ask(text))];
    for (const one of statements) await world.ask(one);
    return {
      seconds: (performance.now() - began) / 1000,
      server: (await serverSeconds((text) => world.ask(text))) - before,
    };
  };
  const out = (query: string, name: string): string =>
    `copy (${query.replace("$draw", `'${drawId}'`)}) to ${file(name)} (format binary)`;
  try {
    const lock = await timed(out(WISHES, "a"), out(ENTRIES, "b"), out(PEOPLE, "c"), out(COUNTS, "d"));
    const read = await timed(out(WISHES, "a"), out(ENTRIES, "b"), out(PEOPLE, "c"));
    await timed(out(OUTCOMES, "outcomes"), out(DOCUMENTS, "documents"));
    await world.ask(`create table public.outcomes (like allocation.outcomes including all)`);
    await world.ask(`create table public.documents (like allocation.documents including all)`);
    const written = await timed(
      "begin",
      `copy public.outcomes from ${file("outcomes")} (format binary)`,
      `copy public.documents from ${file("documents")} (format binary)`,
      "commit",
    );
    const draw = { seconds: read.seconds + written.seconds, server: read.server + written.server };
    return { lock, draw };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
