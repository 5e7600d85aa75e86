import type { BookingId, LocalDate, OfficeId } from "#kernel/ids.ts";
import { addDays, localDateAt, MINUTE_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { rows, sql, type Tx } from "#platform/db/index.ts";
import { faultFields } from "#platform/log.ts";
import { lookEach } from "#platform/look.ts";
import { monthOf, surveyMonths, type SurveyMonth } from "../rules/survey.ts";

/** Months of which it is told what people said. */
const MONTHS_TOLD = 12;
/** The longest month, in days. */
const MONTH_DAYS = 31;

/** A visit that is over, for whoever may say how it was. */
export interface AskedVisit {
  readonly officeId: OfficeId;
  readonly localDate: LocalDate;
}

/** The visit of a booking, if somebody came and it is over. */
export async function findAskedVisit(tx: Tx, bookingId: BookingId): Promise<AskedVisit | undefined> {
  const [visit] = await rows<AskedVisit>(
    tx,
    sql`select office_id as "officeId", to_char(local_date, 'YYYY-MM-DD') as "localDate" from visits.visits
        where booking_id = ${bookingId} and state = 'done' and arrived_at is not null`,
  );
  return visit;
}

/** People whose party came to an office since that day. */
export async function countArrived(tx: Tx, officeId: OfficeId, since: LocalDate): Promise<number> {
  const [counted] = await rows<{ people: number }>(
    tx,
    sql`select count(*)::int as people from booking.appointments p
        join visits.visits v on v.office_id = p.office_id and v.booking_id = p.booking_id
        where v.office_id = ${officeId} and v.local_date >= ${since} and v.arrived_at is not null`,
  );
  return counted!.people;
}

export interface TypedSheet {
  readonly id: string;
  readonly enteredAt: Date;
  readonly counts: readonly number[];
}

/** Papers of a month that were typed in and stand, the latest first. */
export function listSheets(tx: Tx, officeId: OfficeId, month: LocalDate): Promise<TypedSheet[]> {
  return rows(
    tx,
    sql`select id, entered_at as "enteredAt", counts from visits.survey_sheets
        where office_id = ${officeId} and month = ${month} and undone_at is null order by entered_at desc, id`,
  );
}

/** What people said of one office. */
export interface OfficeSurvey {
  readonly officeId: OfficeId;
  /** The latest first; only months that are over. */
  readonly months: readonly SurveyMonth[];
}

const NOTHING_SAID: readonly OfficeSurvey[] = [];

/**
 * What people said of every office, month by month. Only months that are over in every zone: whoever watched a sum grow
 * on the day of a visit would know who said what. Read once a minute, the same list while nothing changed; what cannot be
 * read is told as before.
 */
export const getSurveys = lookEach(
  MINUTE_MS,
  async (
    { database, clock, log }: Pick<Services, "database" | "clock" | "log">,
    last: readonly OfficeSurvey[] = NOTHING_SAID,
  ): Promise<readonly OfficeSurvey[]> => {
    const before = monthOf(addDays(localDateAt(clock.now(), "UTC"), -1));
    const from = monthOf(addDays(before, -MONTHS_TOLD * MONTH_DAYS));
    try {
      const found = await database.reading("report", (tx) => listMonths(tx, from, before));
      const offices = [...new Set(found.map((row) => row.officeId))];
      return offices.map((officeId) => ({
        officeId,
        months: surveyMonths(found.filter((row) => row.officeId === officeId)).slice(0, MONTHS_TOLD),
      }));
    } catch (error) {
      log.warn("what people said could not be read; what was told stands", faultFields(error));
      return last;
    }
  },
);

/** Sums of page and paper; of papers those that stand. */
function listMonths(
  tx: Tx,
  from: LocalDate,
  before: LocalDate,
): Promise<{ officeId: OfficeId; month: LocalDate; counts: number[] }[]> {
  return rows(
    tx,
    sql`select office_id as "officeId", to_char(month, 'YYYY-MM-DD') as month, counts from visits.survey_counts where month >= ${from} and month < ${before}
        union all
        select office_id, to_char(month, 'YYYY-MM-DD'), counts::int[] from visits.survey_sheets where month >= ${from} and month < ${before} and undone_at is null
        order by 1, 2`,
  );
}
