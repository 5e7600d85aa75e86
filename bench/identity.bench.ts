import { PROPOSE_BITS } from "#modules/integrity/rules/compare.ts";
import { findDoubts } from "#modules/integrity/commands/doubts.ts";
import { prepareParty } from "#modules/integrity/commands/prepare.ts";
import { keyTexts, markTexts } from "#modules/integrity/rules/marks.ts";
import { profileOf } from "#modules/integrity/rules/profile.ts";
import { findEqual } from "#modules/integrity/store/filings.ts";
import { rows, sql } from "#platform/db/index.ts";
import { systemContext, transaction, type Context } from "#platform/context.ts";
import { newId } from "#platform/random.ts";
import { print, quantile } from "./support/figures.ts";
import { aloneParty, inventPeople, SLIPS, type People } from "./support/namesakes.ts";
import { openWorld, servicesOf, type World } from "./support/world.ts";

const BENCH = "identity";
const PERSONS = 1_000_000;
const AT_ONCE = 5_000;
/** Look-ups of each way to write a person down wrongly. */
const LOOKUPS = 150;
const WARM_UP = 100;
const MOST_MS = 50;
const LEAST_RECALL = 0.95;

/** A million filings, sealed and digested as the real ones are. Every so many persons one is kept to be misspelt. */
async function fill(world: World, ctx: Context, people: People): Promise<Sample[]> {
  await world.ask("set session_replication_role = replica");
  await world.ask("set maintenance_work_mem = '512MB'");
  await world.ask("drop index integrity.filings_by_key, integrity.filings_by_mark");
  const samples: Sample[] = [];
  const every = Math.floor(PERSONS / (LOOKUPS * Object.keys(SLIPS).length + WARM_UP));
  for (let from = 0; from < PERSONS; from += AT_ONCE) {
    const persons = Array.from({ length: AT_ONCE }, () => ({ person: people.next(), id: newId<string>() }));
    for (const [i, one] of persons.entries()) if ((from + i) % every === 0) samples.push(one);
    const filed = await digestAndSeal(ctx, persons, from);
    await world.ask(
      `insert into integrity.filings (id, source_id, ordinal, person_id, contact_id, keys, marks, sealed, active, seen, filed_at, erase_after)
       select id, source_id, 1, person_id, contact_id, keys::bigint[], marks::bigint[], sealed, true, false, now(), '2027-03-31'
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bytea[]) as t (id, source_id, person_id, contact_id, keys, marks, sealed)`,
      [
        filed.map((one) => one.id),
        filed.map((one) => one.party.sourceId),
        persons.map(({ id }) => id),
        filed.map((one) => one.party.contactId),
        filed.map((one) => one.keys),
        filed.map((one) => one.marks),
        filed.map((one) => one.sealed),
      ],
    );
  }
  await world.ask("create index filings_by_key on integrity.filings using gin (keys) with (fastupdate = off)");
  await world.ask("create index filings_by_mark on integrity.filings using gin (marks) with (fastupdate = off)");
  await world.ask("reset session_replication_role");
  await world.ask("vacuum (analyze) integrity.filings");
  await world.ask("checkpoint");
  return samples;
}

/** As `prepareParty` makes it, thousands in one call. */
async function digestAndSeal(ctx: Context, persons: readonly Sample[], from: number) {
  const made = persons.map(({ person }, i) => {
    const profile = profileOf(person);
    const names = [person.givenNames, person.firstSurname, person.secondSurname];
    const party = aloneParty(person, from + i);
    return { id: newId<string>(), party, profile, plain: JSON.stringify({ profile, names }) };
  });
  const marksOf = async (texts: string[][]): Promise<string[]> => {
    const digests = await ctx.keyring.digest("identity", texts.flat());
    let at = 0;
    return texts.map((own) => `{${own.map(() => digests[at++]![0]!.digest.readBigInt64BE(0)).join(",")}}`);
  };
  const [sealed, keys, marks] = await Promise.all([
    ctx.keyring.seal(
      made.map(({ id, party, plain }) => ({ under: party.under, field: "integrity.filing" as const, row: id, plain })),
    ),
    marksOf(made.map((one) => keyTexts(one.profile))),
    marksOf(made.map((one) => markTexts(one.profile, undefined))),
  ]);
  return made.map((one, i) => ({ ...one, sealed: sealed[i]!, keys: keys[i]!, marks: marks[i]! }));
}

interface Sample {
  readonly person: ReturnType<People["next"]>;
  readonly id: string;
}

interface Lookup {
  readonly ms: number;
  readonly bits: number | undefined;
  readonly doubts: number;
  readonly marks: readonly string[];
}

/** One look as `integrity.identify` does it: what is equal and what is alike is read, opened and compared. */
async function lookUp(ctx: Context, person: Sample["person"], wanted: string, number: number): Promise<Lookup> {
  const prepared = await prepareParty(ctx, aloneParty(person, number), undefined);
  const one = prepared.people[0]!;
  const { sourceId, contactId } = prepared.party;
  const began = performance.now();
  const found = await transaction(ctx, "worker", async (tx) => {
    const equal = await findEqual(tx, { ...one, sourceId, ordinal: 1, contactId });
    return findDoubts(ctx, tx, { ...prepared, one }, { personId: newId<string>(), equal });
  });
  const ms = performance.now() - began;
  const bits = found.find((pair) => pair.personB === wanted)?.bits;
  return { ms, bits, doubts: found.length, marks: one.marks };
}

/** As many of the same rows, by their ids. */
async function readPlainly(
  world: World,
  ctx: Context,
  marks: readonly string[],
): Promise<{ ms: number; rows: number }> {
  const ids = (
    await world.ask<{ id: string }>("select id from integrity.filings where marks && $1::bigint[] limit 3000", [
      `{${marks.join(",")}}`,
    ])
  ).map((one) => one.id);
  const began = performance.now();
  await transaction(ctx, "worker", (tx) =>
    rows(
      tx,
      sql`select id, person_id, contact_id, active, sealed from integrity.filings where id = any(${ids}::uuid[])`,
    ),
  );
  return { ms: performance.now() - began, rows: ids.length };
}

async function bench(world: World): Promise<void> {
  const services = servicesOf(world);
  const ctx = systemContext(services, "bench");
  const people = inventPeople(20261123);
  const samples = await fill(world, ctx, people);
  for (const { person, id } of samples.slice(0, WARM_UP)) await lookUp(ctx, person, id, 0);
  const all: Lookup[] = [];
  const plain: { ms: number; rows: number }[] = [];
  let at = WARM_UP;
  for (const [kind, write] of Object.entries(SLIPS)) {
    const own: Lookup[] = [];
    for (let i = 0; i < LOOKUPS; i++) {
      const { person, id } = samples[at++]!;
      const look = await lookUp(ctx, write(person, people), id, at);
      own.push(look);
      plain.push(await readPlainly(world, ctx, look.marks));
    }
    all.push(...own);
    const share = own.filter((one) => one.bits !== undefined).length / own.length;
    print({ bench: BENCH, figure: `recall, ${kind}`, value: share, unit: "share", reference: null, aim: null });
  }
  const found = all.filter((one) => one.bits !== undefined);
  const figures: [string, number, string, number | null, string | null][] = [
    ["recall, all misspelt", found.length / all.length, "share", LEAST_RECALL, ">= 0.95"],
    ["of them proposed as one", found.filter((one) => one.bits! >= PROPOSE_BITS).length / all.length, "share", null, null],
    ["strangers doubted a look-up", (all.reduce((sum, one) => sum + one.doubts, 0) - found.length) / all.length, "persons", null, null],
    ["look-up p50", quantile(all.map((one) => one.ms), 0.5), "ms", quantile(plain.map((one) => one.ms), 0.5), "beside a plain read of as many rows"],
    ["look-up p99", quantile(all.map((one) => one.ms), 0.99), "ms", quantile(plain.map((one) => one.ms), 0.99), "<= 50 ms; beside a plain read of as many rows"],
    ["look-up p99, against the aim", quantile(all.map((one) => one.ms), 0.99), "ms", MOST_MS, "<= 1"],
    ["filings compared p99", quantile(plain.map((one) => one.rows), 0.99), "filings", null, null],
  ]; // prettier-ignore
  for (const [figure, value, unit, reference, aim] of figures)
    print({ bench: BENCH, figure, value, unit, reference, aim });
  await Promise.all([services.database.close(), services.keyring.close()]);
}

const world = await openWorld();
try {
  await bench(world);
} finally {
  await world.close();
}
