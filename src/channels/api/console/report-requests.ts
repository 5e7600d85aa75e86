import { z } from "zod";
import { daysBetween } from "#kernel/time.ts";
import type { BookingId, LocalDate } from "#kernel/ids.ts";
import { localDate, officeId, uuid } from "#modules/booking/index.ts";
import { outcomesBody } from "./requests.ts";

/** Days of the longest report: a year, with the day more of a leap year. */
const MOST_REPORT_DAYS = 366;
const span = {
  from: localDate.meta({ example: "2026-11-02" }),
  to: localDate.meta({ example: "2026-11-29" }),
};
const isSpan = ({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): boolean => {
  const days = daysBetween(from, to) + 1;
  return days >= 1 && days <= MOST_REPORT_DAYS;
};
const WRONG_SPAN = "a span of one day to a year, the first day first";

export const officeReportQuery = z.strictObject({ ...span, officeId: officeId.optional() }).refine(isSpan, WRONG_SPAN);
export const networkReportQuery = z.strictObject(span).refine(isSpan, WRONG_SPAN);
/** Days are written with years of four digits, and the week of a day may reach into the year after it. */
const LAST_WEEK_DAY = "9999-12-20";
/** Any day of the week that is meant. */
export const weekQuery = z.strictObject({
  on: localDate.refine((day) => day <= LAST_WEEK_DAY, "a day of the calendar").meta({ example: "2026-12-03" }),
  officeId: officeId.optional(),
});
/** What stands on the paper of one party. */
export const paperBody = z.strictObject({
  bookingId: uuid.transform((text) => text as BookingId),
  outcomes: outcomesBody.shape.outcomes,
});
/** `next`: the next day on which somebody is expected. */
const on = z.union([localDate, z.literal("next")]).meta({ example: "next" });
export const sheetQuery = z.strictObject({ on });
export const sheetPdfQuery = z.strictObject({ on, language: z.enum(["es", "en"]).default("es") });
