import type { LocalDate, OfficeId, StaffId } from "#kernel/ids.ts";
import { rows, run, sql, type Tx } from "#platform/db/index.ts";
import type { ClosingPage } from "../types.ts";

/** First number of the advisory lock of an office's day: whoever writes a line shares it, whoever signs or counts has it alone. */
const CLOSING_LOCK = 0x63_6c_6f;

/** Whether that day is signed by two, which it stays for this transaction: what is written now goes to its annex. */
export async function joinDay(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<boolean> {
  await run(
    tx,
    sql`select pg_advisory_xact_lock_shared(${CLOSING_LOCK}::int, hashtext(${`${officeId} ${localDate}`}))`,
  );
  return isSigned(tx, officeId, localDate);
}

/** The same, and nobody else writes a line of that day until the transaction ends. */
export async function haveDay(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<boolean> {
  await run(tx, sql`select pg_advisory_xact_lock(${CLOSING_LOCK}::int, hashtext(${`${officeId} ${localDate}`}))`);
  return isSigned(tx, officeId, localDate);
}

async function isSigned(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<boolean> {
  return ((await findClosing(tx, officeId, localDate))?.secondBy ?? null) !== null;
}

export interface Closing {
  readonly page: ClosingPage;
  readonly digest: string;
  readonly firstBy: StaffId;
  readonly firstAt: Date;
  readonly secondBy: StaffId | null;
  readonly secondAt: Date | null;
}

export async function findClosing(tx: Tx, officeId: OfficeId, localDate: LocalDate): Promise<Closing | undefined> {
  const [closing] = await rows<Closing>(
    tx,
    sql`select page, digest, first_by as "firstBy", first_at as "firstAt", second_by as "secondBy", second_at as "secondAt"
        from issuing.closings where office_id = ${officeId} and local_date = ${localDate}`,
  );
  return closing;
}

/** A first signature takes the place of one under older figures; a page that two signed is out of its reach. */
export async function signFirst(
  tx: Tx,
  { page, digest }: Pick<Closing, "page" | "digest">,
  staffId: StaffId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into issuing.closings as c (office_id, local_date, page, digest, first_by, first_at)
        values (${page.officeId}, ${page.localDate}, ${JSON.stringify(page)}::jsonb, ${digest}, ${staffId}, ${now})
        on conflict (office_id, local_date) do update set page = excluded.page, digest = excluded.digest, first_by = excluded.first_by, first_at = excluded.first_at
          where c.second_by is null`,
  );
}

export async function signSecond(
  tx: Tx,
  { officeId, localDate }: ClosingPage,
  staffId: StaffId,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update issuing.closings set second_by = ${staffId}, second_at = ${now} where office_id = ${officeId} and local_date = ${localDate} and second_by is null`,
  );
}
