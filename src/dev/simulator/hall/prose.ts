import { GRACE_MINUTES, HALL_RULE, ORDINARY_EVERY, STANDS_OUT } from "#modules/visits/index.ts";
import { CORRUPT, DECEIVED } from "../strategies/door.ts";
import { NO_SHOW_SHARE } from "../year/parameters.ts";
import * as p from "./parameters.ts";
import * as s from "./seller-parameters.ts";

export const INTRODUCTION = `A day of one office: ${p.APPOINTMENTS} people with an appointment and ${p.WALK_INS} without one, ${p.RETURNS} families that bring a missing paper, ${p.EMERGENCIES} proven emergencies; those late, early and not at all, and a family that is one turn. Whoever is at the door when it opens is ordered by \`lotOrder\`, and every call at every station asks \`orderQueue\`: both are the rules that ship, nothing of them is copied. The same people come under each rule. Two halls, one window for everything and three stations, and two days: an ordinary one, and one on which ${p.CLERKS_ILL} clerks are ill.

Waits are those in queues at all stations together, from the own hour or, without one, from arrival. "With an hour" and "walk-in" without more are families without priority.`;

export const READING = `What to read in it:

- **The sum of the waits hardly changes with the rule, only who has them.** On an ordinary day every rule keeps the hours of appointments; the rules differ when there is too little of everything.
- **Appointments first** serves nine of ten families with an hour within twenty minutes even on the bad day, and lets walk-ins wait for more than four hours. Nothing bounds that: it is ended by the end of the appointments.
- **Every fourth turn** gives walk-ins a share that does not look at how long they have waited. Nine of ten are done much later than by the hour, for a gain of some minutes for appointments.
- **By the hour** (what ships) gives whoever has none one about an hour after arrival. The longest wait of the day is the shortest of the three, in both halls and on both days, and appointments pay for it with minutes. It also is what a paper can say: come back at ten.
- **Each station anew**: if turns stood behind all others at every station, the rule at the door would hold nothing. All walk-ins pass the filter in the first half hour, and whoever has an hour waits behind them where it is slow, on an ordinary day too. So a turn keeps its hour through all stations.`;

export const SELLERS = `A seller sends ${s.STAND_INS} stand-ins every night to each door, where ${s.FAMILIES_AT_DOOR} families without an appointment come for ${s.WALK_IN_TURNS} turns (A21); ${s.FALSE_EMERGENCIES} emergencies a day are invented beside ${s.TRUE_EMERGENCIES} true ones for ${s.EMERGENCY_PLACES} places (A22); one clerk in ten sells, lets clients go first when he is at the door, and signs what is invented (A23). Whoever sells picks an accomplice for the second signature when the office has one. All three are on at once. Each line shows the greed that gets most under its rules: whoever is careful stays below what stands out, whoever is greedy takes all until he does.

\`lotOrder\`, \`needsSecond\` and \`standsOut\` are those that ship. A clerk stands out when what he let go first is more than ${STANDS_OUT} standard deviations above the network's share, looked at each week; then somebody new is at the door. Honest clerks are wronged by that too; the last column says how many within ${s.DOORS.weeks} weeks.`;

export const SELLERS_READING = `What to read in it:

- **Neither the lot nor the name is enough.** Without the lot a stand-in keeps the place and the client takes it over before any name is written down. With the lot but without the name the paper is sold afterwards. Together they leave what the filter overlooks.
- **A second person** is what stops invented emergencies: it takes two who are deceived. Against clerks who sell it does little alone, for of twelve colleagues one more sells in two offices of three.
- **Published shares** stop these. Without them one greedy clerk with an accomplice sells most of a day's turns whenever he is at the door.
- What remains: of the turns, names that nobody matched and what a greedy clerk takes before he stands out; of the emergencies, careful clerks with an accomplice, and two who were deceived by the same paper.`;

export const ASSUMPTIONS = `From sources: ${percent(NO_SHOW_SHARE)} do not come (Berlin, 2023), families come ${p.EARLY_MINUTES} minutes early (2021), about fourteen minutes for a person (New Brunswick), two clerks who are ill on an ordinary Tuesday. Family sizes are those of the [adversary simulation](report.md).

Guesses of ours: ${percent(p.LATE_SHARE)} are late, by ${p.LATE_MINUTES} minutes on average; ${percent(p.AT_DOOR_SHARE)} of the walk-ins are there when the door opens, ${percent(p.GROUP_SHARE)} of them with others; ${Object.entries(
  p.PRIORITY_SHARES,
)
  .map(([name, share]) => `${percent(share)} ${name}`)
  .join(
    ", ",
  )}; minutes of each station and their spread (σ ${p.SPREAD}); everything about the sellers: ${percent(CORRUPT)} of clerks sell, honest ones are deceived by ${percent(DECEIVED)} of forged papers, the filter overlooks ${percent(s.NAME_MISSED)} of names, the head signs alone in ${percent(s.HEAD_ALONE)} of cases. Policy: on time until ${GRACE_MINUTES} minutes after the hour, the last of ${ORDINARY_EVERY} turns of a line for whoever has no priority, ${HALL_RULE.openMinutes} minutes.`;

export const LIMITS = `- It is no forecast. Signs and orders are meant, not minutes: another mix of families gives others.
- Nobody goes home, nobody is sent away with another date, and a free counter calls at once. Clerks do not eat.
- Every counter serves every family; sessions of one group are not in it, nor are turns that are set aside.
- Stand-ins come although the lot leaves them nothing to sell. In life they would stay away.
- Whoever stands out in the report of shares is taken off the door at the end of the week. In life somebody has to look, and to ask first. Emergencies that are asked for before the visit are published by office and not by clerk; here both are.`;

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
