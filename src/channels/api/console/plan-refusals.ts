import type { FastifyReply } from "fastify";
import type { PlanRefusal, VenueRefusal } from "#modules/schedules/index.ts";
import { problem } from "#platform/http/index.ts";

type Code = PlanRefusal["code"] | VenueRefusal["code"] | "not_allowed";

/** Every expected no of planning, with its status and what to do. A code without a line here is an error of types. */
const REFUSALS: Readonly<Record<Code, readonly [status: number, detail: string]>> = {
  not_allowed: [403, "Your role does not include this."],
  in_the_past: [
    422,
    "That day is over or has begun. Plan from tomorrow on; what is wrong today is closed, not planned.",
  ],
  too_far_ahead: [422, "That day is more than a year ahead. Check the year."],
  too_long_a_day: [422, "Counters would be open for longer than anybody works. Make two openings of it."],
  overbooked_too_much: [422, "More places are added than people were measured to stay away. Lower the percentage."],
  nothing_fits: [422, "Not one place fits. Lengthen the hours, shorten the step, or raise the percentage."],
  break_does_not_fit: [
    422,
    "Breaks are taken in turn, and there is no room for that. Lengthen the hours of the breaks to the minutes that `about` names.",
  ],
  clock_gap: [422, "On the day that `about` names the clock skips that time. Open or close at another."],
  overlapping_sessions: [
    409,
    "The same counters are open there at that time already. Choose other hours, or another place.",
  ],
  resource_elsewhere: [409, "That crew or kit is in another town on that day. Choose another, or another day."],
  unknown_venue: [422, "Your office has no such venue in use. Add it first."],
  unknown_resource: [422, "There is no such crew or kit. Read the list again."],
  venue_missing: [422, "A consulate that travels needs a venue. Choose one."],
  step_not_drawn: [
    422,
    "These places would be drawn, and draws give places of the length that `about` names. Give each place as many minutes.",
  ],
  other_group: [422, "Weekly hours keep their service group. End these, and make others for the other group."],
  wrong_weekday: [422, "That day is not of that kind: choose a Saturday or a Sunday, or call it extraordinary."],
  unknown_special_day: [404, "Your office has no such special day."],
  unknown_template: [404, "No such template holds on that day. Somebody may have changed it; read the week again."],
  day_has_begun: [
    409,
    "People came already. Attend to them, suspend the service or close what is left, and plan another day.",
  ],
  visits_divided: [
    409,
    "Some families have an appointment of the same visit in another session that day. Suspend the day, find them another place, then move it.",
  ],
  day_closed: [409, "That whole day is closed. Open it again first, or choose another day."],
  changed_meanwhile: [409, "Somebody changed this draft since you saw it. Look at it again."],
  wrong_state: [409, "This does not follow from where the day stands now. Look at it again."],
  not_a_photo: [422, "Send a JPEG, PNG or WebP of at most 300 kB."],
  venue_in_use: [
    409,
    "A day to come is planned there. Make another venue and move the day to it; its way in and picture may change.",
  ],
  name_taken: [409, "There is one of that name already. Give it another."],
};

export function planRefused(
  reply: FastifyReply,
  { code, about }: { readonly code: Code; readonly about?: Readonly<Record<string, string>> | undefined },
): FastifyReply {
  const [status, detail] = REFUSALS[code];
  return problem(reply, status, code, detail, undefined, about);
}
