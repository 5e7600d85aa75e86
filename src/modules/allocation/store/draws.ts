import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { isDatabaseError, oneRow, rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { Band } from "#modules/schedules/index.ts";
import type { LineKind } from "../rules/lines.ts";
import type { Digest, Draw, DrawId, DrawState } from "../types.ts";

/** Which draws: whatever is given holds of each. */
export interface WantedDraws {
  readonly states?: readonly DrawState[];
  readonly id?: DrawId;
  /** Short ones that lock earlier are left out. */
  readonly shortFrom?: Date;
}

/** Draws, the latest first. */
export async function listDraws(tx: Tx, wanted: WantedDraws): Promise<Draw[]> {
  return rows(
    tx,
    sql`select id, follows, kind, state, opens_at as "opensAt", locks_at as "locksAt", draws_at as "drawsAt", answers_by as "answersBy",
               horizon_from::text as "horizonFrom", horizon_to::text as "horizonTo", rows_from::text as "rowsFrom", steps, round::float8 as round,
               encode(root, 'hex') as root, encode(seed, 'hex') as seed
        from allocation.draws
        where (${wanted.id ?? null}::uuid is null or id = ${wanted.id ?? null})
          and (${wanted.states ?? null}::text[] is null or state = any(${wanted.states ?? null}::text[]))
          and (${wanted.shortFrom ?? null}::timestamptz is null or kind <> 'short' or locks_at >= ${wanted.shortFrom ?? null})
        order by locks_at desc`,
  );
}

/** Draws that lock from that instant on and before the other, the latest first. A statement of its own, so that an index finds them among the hourly ones of years. */
export async function listDrawsLocked(tx: Tx, from: Date, until: Date): Promise<Draw[]> {
  return rows(
    tx,
    sql`select id, follows, kind, state, opens_at as "opensAt", locks_at as "locksAt", draws_at as "drawsAt", answers_by as "answersBy",
               horizon_from::text as "horizonFrom", horizon_to::text as "horizonTo", rows_from::text as "rowsFrom", steps, round::float8 as round,
               encode(root, 'hex') as root, encode(seed, 'hex') as seed
        from allocation.draws where locks_at >= ${from} and locks_at < ${until} order by locks_at desc`,
  );
}

export async function insertDraw(tx: Tx, draw: Omit<Draw, "state" | "root" | "seed">): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.draws (id, follows, kind, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, rows_from, steps, round)
        values (${draw.id}, ${draw.follows}, ${draw.kind}, ${draw.opensAt}, ${draw.locksAt}, ${draw.drawsAt}, ${draw.answersBy},
                ${draw.horizonFrom}, ${draw.horizonTo}, ${draw.rowsFrom}, ${JSON.stringify(draw.steps)}::jsonb, ${draw.round})`,
  );
}

/** Adds groups that are drawn since to draws that are open; of the others the length of a place stays. */
export async function widenSteps(tx: Tx, steps: Draw["steps"]): Promise<void> {
  await run(
    tx,
    sql`update allocation.draws set steps = ${JSON.stringify(steps)}::jsonb || steps where state = 'open' and not steps ?& ${Object.keys(steps)}::text[]`,
  );
}

/** Whether a draw is to be locked or drawn now: the steps that cost minutes when a million households asked. */
export async function isHeavyStepDue(tx: Tx, now: Date): Promise<boolean> {
  const due = await rows(
    tx,
    sql`select 1 from allocation.draws d
        where (state = 'locked' and draws_at <= ${now})
           or (state = 'open' and locks_at <= ${now} and (follows is null or exists (select from allocation.draws first where first.id = d.follows and first.state = 'drawn')))
        limit 1`,
  );
  return due.length > 0;
}

const UNIQUE_VIOLATION = "23505";

/** Whether a draw was refused because one of its kind is open. */
export function isOpenAlready(error: unknown): boolean {
  return isDatabaseError(error) && error.code === UNIQUE_VIOLATION;
}

/** Whether a draw is open; then it stays so until the transaction ends. Comes before any row of a request, as in the lock. */
export async function keepOpen(tx: Tx, id: DrawId): Promise<boolean> {
  const { open } = await oneRow<{ open: boolean }>(tx, sql`select allocation.keep_open(${id}) as open`);
  return open;
}

/** Takes a draw for one step of its life. False when another run took that step: then there is nothing to do. */
export async function takeDraw(tx: Tx, id: DrawId, from: DrawState): Promise<boolean> {
  const found = await rows(tx, sql`select 1 from allocation.draws where id = ${id} and state = ${from} for update`);
  return found.length === 1;
}

/** Ends a step that `takeDraw` began. */
export async function setDraw(
  tx: Tx,
  id: DrawId,
  state: DrawState,
  fixed: { readonly root?: Digest; readonly seed?: Digest; readonly entriesNote?: string } = {},
): Promise<void> {
  await run(
    tx,
    sql`update allocation.draws set state = ${state}, root = coalesce(decode(${fixed.root ?? null}, 'hex'), root), seed = coalesce(decode(${fixed.seed ?? null}, 'hex'), seed),
               entries_note = coalesce(${fixed.entriesNote ?? null}, entries_note)
        where id = ${id}`,
  );
}

/** What the operator signed at the lock about the entries as they were read; null for draws that were locked before it did. */
export async function findEntriesNote(tx: Tx, id: DrawId): Promise<string | null> {
  const { note } = await oneRow<{ note: string | null }>(
    tx,
    sql`select entries_note as note from allocation.draws where id = ${id}`,
  );
  return note;
}

/** Ends a draw whose round never came, and the second round that was announced with it. */
export async function voidWithSecond(tx: Tx, id: DrawId): Promise<void> {
  await run(
    tx,
    sql`update allocation.draws set state = 'void' where id = ${id} or (follows = ${id} and state = 'open')`,
  );
}

/** A demonstration alone may be hurried: its hours are latest hours. */
export async function hurryDraw(
  tx: Tx,
  id: DrawId,
  hours: { readonly locksAt: Date; readonly drawsAt: Date; readonly answersBy: Date },
): Promise<void> {
  await run(
    tx,
    sql`update allocation.draws set locks_at = ${hours.locksAt}, draws_at = ${hours.drawsAt}, answers_by = ${hours.answersBy} where id = ${id}`,
  );
}

/** A line of the published papers. `seq` is its place in the file. */
export interface DocumentLine {
  readonly seq: number;
  readonly kind: LineKind;
  readonly line: string;
}

export async function insertDocuments(tx: Tx, drawId: DrawId, lines: readonly DocumentLine[]): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.documents (draw_id, seq, kind, line)
        select ${drawId}::uuid, * from unnest(${lines.map((one) => one.seq)}::int[], ${lines.map((one) => one.kind)}::text[], ${lines.map((one) => one.line)}::text[])`,
  );
}

export async function listDocuments(tx: Tx, drawId: DrawId, kinds?: readonly LineKind[]): Promise<DocumentLine[]> {
  return rows(
    tx,
    sql`select seq, kind, line from allocation.documents
        where draw_id = ${drawId} and (${kinds ?? null}::text[] is null or kind = any(${kinds ?? null}::text[])) order by seq`,
  );
}

export async function insertCosignature(tx: Tx, drawId: DrawId, witness: string, line: string): Promise<void> {
  await run(
    tx,
    sql`insert into allocation.cosignatures (draw_id, witness, line) values (${drawId}, ${witness}, ${line}) on conflict do nothing`,
  );
}

export async function listCosignatures(tx: Tx, drawId: DrawId): Promise<{ witness: string; line: string }[]> {
  return rows(tx, sql`select witness, line from allocation.cosignatures where draw_id = ${drawId} order by witness`);
}

/** A cell as it is stored: the part of the day by name. */
export interface StoredCell {
  readonly officeId: OfficeId;
  /** A service group or a part of it (`documentacion.2`: its places that lie in pairs). */
  readonly serviceGroup: string;
  readonly localDate: LocalDate;
  readonly band: Band;
  readonly places: number;
}

export async function insertCells(tx: Tx, drawId: DrawId, cells: readonly StoredCell[]): Promise<void> {
  if (cells.length === 0) return;
  await run(
    tx,
    sql`insert into allocation.cells (draw_id, office_id, service_group, local_date, band, places)
        select ${drawId}::uuid, * from unnest(${cells.map((one) => one.officeId)}::text[], ${cells.map((one) => one.serviceGroup)}::text[],
          ${cells.map((one) => one.localDate)}::date[], ${cells.map((one) => one.band)}::text[], ${cells.map((one) => one.places)}::int[])`,
  );
}

export async function listCells(tx: Tx, drawId: DrawId): Promise<StoredCell[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", service_group as "serviceGroup", local_date::text as "localDate", band, places
        from allocation.cells where draw_id = ${drawId}`,
  );
}
