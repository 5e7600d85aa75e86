import type { CentreFigures } from "./figures.ts";
import * as p from "./parameters.ts";
import { ROSTER_NAMES } from "./pictures.ts";

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
const whole = (count: number): string => count.toLocaleString("en-US");

/** The report of a day of the call centre. */
export function centreReport(figures: CentreFigures): string {
  const { days, rosters, needed, error, steady, came } = figures;
  const proposed = rosters.find(({ name }) => name === "proposed")!.roster;
  const promised = rosters.find(({ name }) => name === "as_promised")!.roster;
  const calls = came.reduce((sum, one) => sum + one, 0);
  return `# A day of the call centre

A Monday of ${whole(Math.round(calls))} calls and ${p.AGENTS} agents, second by second, with \`forecast\`, \`agentsFor\` (Erlang A) and \`proposeShifts\` that ship ([centre](../../src/modules/conversations/rules/centre)). \`npm run simulate -- centre\` gives the same figures.

## Who is needed

The forecast of each quarter hour comes from the Mondays before; it is off by ${percent(error)} of the calls. The promise is ${percent(p.TARGET.within)} answered within ${p.TARGET.minutes * 60} seconds and at most ${percent(p.TARGET.abandoned)} given up: at the peak ${Math.max(...needed)} agents at once. Shifts are of eight hours with half an hour of rest. ${p.AGENTS} agents leave ${whole(proposed.missing)} quarter hours of an agent missing; the promise is kept with ${promised.agents}.

![Agents](centre-agents.svg)

| begins | rests at | agents |
| --- | --- | --- |
${proposed.shifts.map(({ from, restFrom, agents }) => `| ${clock(from)} | ${clock(restFrom)} | ${agents} |`).join("\n")}

## What callers meet

![Calls](centre-calls.svg)

| shifts | agents | call-backs | calls | of these again | answered | within ${p.TARGET.minutes * 60} s | given up | called back | in time | mean wait | agents busy |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${days
  .map(({ name, callBacks, played }) => {
    const { roster } = rosters.find((one) => one.name === name)!;
    const kept = played.callBacks === 0 ? "–" : percent(played.callBacksKept / played.callBacks);
    return `| ${ROSTER_NAMES[name]} | ${roster.agents} | ${callBacks ? "yes" : "no"} | ${whole(played.offered)} | ${whole(played.redials)} | ${percent(played.answered / played.offered)} | ${percent(played.within / played.offered)} | ${percent(played.abandoned / played.offered)} | ${whole(played.callBacks)} | ${kept} | ${Math.round(played.wait)} s | ${percent(played.busy)} |`;
  })
  .join("\n")}

What to read in it:

- **When people work counts for as much as how many.** The same ${p.AGENTS} agents in two halves leave the morning to half of them; calls that were given up come again and make it worse.
- **Call-backs help a bad plan most.** They move the peak into the afternoon and spare people their second call; where the queue is short they are hardly offered.
- **${p.AGENTS} agents do not keep this promise on such a Monday.** It takes ${promised.agents}, or fewer calls: each matter that WhatsApp or the web settles is one.

## Against the formula

Days whose quarter hours are all alike, with handling times as the formula has them and nobody who calls again: ${percent(steady.played.within)} within ${p.TARGET.minutes * 60} s where Erlang A says ${percent(steady.within)}, and ${percent(steady.played.abandoned)} given up where it says ${percent(steady.abandoned)}.

## Assumptions

From sources: ${whole(p.CALLS)} calls a day, ${p.AGENTS} agents, Monday to Friday from 8 to 21. Guesses of ours: ${p.HANDLING} minutes a call (87 calls an agent and day leave 5.2 at most), patience of ${p.PATIENCE} minutes on average, ${percent(p.REDIAL)} of those who gave up call again after ${p.REDIAL_AFTER} minutes, ${percent(p.TAKES_OFFER)} take a call-back that is offered from ${p.OFFER_FROM} minutes of expected wait on, the course through the day and the week, and that a day differs from another by ${percent(p.DAY_SIGMA)}. The promise is a contract's usual one.
`;
}
