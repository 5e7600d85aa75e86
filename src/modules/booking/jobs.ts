import { every, type Task } from "#platform/timetable.ts";
import { settleAbsences } from "./commands/absences.ts";
import { advanceClosings } from "./commands/closings.ts";
import { bookDueOffers } from "./commands/offers.ts";
import { eraseDrafts } from "./commands/draft.ts";
import { plantHoney } from "./commands/honey.ts";
import { eraseOpened } from "./commands/opened.ts";
import { eraseBookings } from "./commands/retention.ts";
import { countShows } from "./commands/shows.ts";
import { eraseTimeViews } from "./commands/time-views.ts";

export const bookingTasks: readonly Task[] = [
  { name: "booking.book_offers", dueAt: every(1), run: bookDueOffers },
  { name: "booking.settle_absences", dueAt: every(1), run: settleAbsences },
  { name: "booking.advance_closings", dueAt: every(1), run: advanceClosings },
  { name: "booking.erase_drafts", dueAt: every(60, 23), run: eraseDrafts },
  { name: "booking.erase_bookings", dueAt: every(60, 37), run: eraseBookings },
  { name: "booking.erase_opened", dueAt: every(60, 53), run: eraseOpened },
  { name: "booking.erase_time_views", dueAt: every(60, 43), run: eraseTimeViews },
  // 10:15 UTC: the last office's evening of two days ago is long over.
  { name: "booking.count_shows", dueAt: every(24 * 60, 10 * 60 + 15), run: countShows },
  // 08:45 UTC: the day has begun from New York to Los Angeles, and no office is open.
  { name: "booking.plant_honey", dueAt: every(24 * 60, 8 * 60 + 45), run: plantHoney },
];
