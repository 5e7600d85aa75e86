import { PROPOSE_LEAD_HOURS } from "#modules/schedules/index.ts";
import * as p from "./parameters.ts";

export const INTRODUCTION = `Every office of the network through a year: eight weeks of places ahead, households that ask, hold, book, move and cancel, release ticks, draws, days away from the office, storms over several offices, absences and failing systems, and what is proposed to whoever loses a place. It is played by the rules that ship and by nothing copied from them: \`planSessions\` and the steps of a session, \`planWindows\`, \`placesByParty\` and \`arrange\`, pools and blocks, the release ticks and what returns where, \`countCut\`, \`proposeMoves\` and \`keepsHours\`, \`movesAfter\` and \`mayChange\`; every single change of a place asks \`placeMay\`. Offices, zones, templates, both holiday calendars and the minutes of services are the reference data. What the service does in SQL (what a cut makes of a place, which places are spare, what is left over) is written out again here, with the file that it follows.

One step is one place at one counter; a passport takes one of 15 minutes, a birth registration two of 30.`;

export const INVARIANTS = `By arithmetic of its own, that calls no rule of the service, with the runtime's calendar in place of ours:

- **No place is lost and none is doubled.** Each is in one state and has a holder exactly in the states that have one; each household has exactly the places that it was given, on its day, and no others.
- **The horizon is full.** On each of the next 56 days every office has the places that its templates promise, and none on a rest day.
- **Local hours stand.** Each session opens and closes when its template says by the wall clock of its office, in winter and in summer.
- **Households are together.** All minutes of everybody, nobody at two counters at once, all of a group in one session and close together.
- **A cut forgets nobody.** Whoever stands on a place that was cut is known, was told, and ends with another place, with the own one again, or by her own will; the sum is kept.
- **What a cut took is nobody's**, only a cut takes a place away, and **what was freed returns at a tick** and never between.`;

/** What the figures say; the shares are of proposals without an answer, of lost hours, and of the silent. */
export function reading(shares: Readonly<Record<"expired" | "lost" | "silent", string>>): string {
  return `What to read in it:

- Rest days cost far more than storms, and people who do not come far more than all cuts together.
- A proposal is kept until the hour that it replaces. Of a day that is cut in the morning, or the evening before, that is some hours: ${shares.expired} of all proposals ended without an answer, although only ${shares.silent} of the households are silent in this model, and ${shares.lost} of the households had no other place when their hour came. They had been told not to come, and chose another day afterwards. Keeping what is proposed for a day longer would mend most of it.
- Within ${PROPOSE_LEAD_HOURS} hours nothing is proposed but the same hour (decision 0020), so whom an absence displaces comes on another day. What a supervisor does first, to serve them later on the same day, is the pacing of the day and is not in this model: only clerks whom nobody can replace are.`;
}

export const ASSUMPTIONS = `From sources: ${share(p.NO_SHOW_SHARE)} do not come (Berlin, 2023), services by weight of the first half of 2022, ${Math.round(p.MOBILE_WEEKENDS_A_WEEK + p.WHEELS_DAYS_A_WEEK)} days away a week (243 from January to 4 June 2021), the five offices that draw are the five busiest of 2022, kinds of storms of which the press told. Shares of household sizes and of cancellations are those of the [adversary simulation](report.md).

Guesses of ours: demand of ${share(p.DEMAND)} of the places, ${share(p.DEMAND_WHERE_DRAWN)} where they are drawn; its months; ${p.WISHED_DAYS_AHEAD} days ahead that a household has in mind; ${share(p.HOLDS_THAT_LAPSE)} of holds lapse; ${share(p.MOVE_SHARE)} move; ${share(p.SAYS_YES)} say yes to a proposal and ${share(p.SAYS_NO)} no, after ${p.ANSWERS_AFTER_HOURS} hours on average, the others are silent; ${share(p.FOUND_PER_DAY)} of the work list is settled on each day; how many storms, how many clerks whom nobody can replace (${(100 * p.ABSENCE_SHARE).toFixed(1)} % of counters on a day), a failing system twice a year at each office.`;

export const LIMITS = `- It is no forecast. It shows that the rules keep their promises over a year and what they cost, with the demand that was assumed.
- Draws are a shuffled line, seated by the rule that ships; who wins which chance is the [adversary simulation](report.md) and its vectors.
- There is one chain of events: nobody races. Races, locks and failing servers are the tests against the real database.
- A day away is, in this model, one more session of its office on that day: that nobody is proposed another town is a rule of the service that is tested there.
- Templates are those of the reference data, without breaks, stations and reserves; nobody suspends or moves a special day.
- Waiting rooms, permissions, contacts and claims are not in it, nor is the hall of the day.`;

function share(value: number): string {
  return `${Math.round(100 * value)} %`;
}
