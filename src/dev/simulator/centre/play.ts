import type { Chance } from "../chance.ts";
import * as p from "./parameters.ts";

/** Seconds; the centre's own clock. */
const QUARTER = 900;
const MINUTE = 60;

export interface DayPlayed {
  /** Calls that came, and of these such as had given up before. */
  readonly offered: number;
  readonly redials: number;
  readonly answered: number;
  readonly within: number;
  readonly abandoned: number;
  /** Asked to be called back, and were in the promised time. */
  readonly callBacks: number;
  readonly callBacksKept: number;
  /** Mean seconds in the queue of who was answered. */
  readonly wait: number;
  /** Share of the agents' time. */
  readonly busy: number;
  /** By quarter hour of coming: how many came and how many of them gave up. */
  readonly byQuarter: readonly { readonly offered: number; readonly abandoned: number; readonly waited: number }[];
}

interface Caller {
  readonly at: number;
  readonly isRedial: boolean;
  isGone: boolean;
}

/**
 * One day of the centre, second by second: calls come by chance at the rate of each quarter hour, the first who came is
 * answered first, and whoever waits too long gives up and may call again. With call-backs whoever would wait long is called
 * when it is calm, or when her time comes. Agents who go home finish their call. `asFormula`: handling times spread as Erlang A
 * has them, and nobody calls again.
 */
export function playDay(
  chance: Chance,
  expected: readonly number[],
  working: readonly number[],
  { callBacks, asFormula = false }: { readonly callBacks: boolean; readonly asFormula?: boolean },
): DayPlayed {
  const comes = new Map<number, Caller[]>();
  const givesUp = new Map<number, Caller[]>();
  const ends = new Map<number, number>();
  const put = <T>(where: Map<number, T[]>, second: number, one: T): void => {
    const there = where.get(second);
    if (there) there.push(one);
    else where.set(second, [one]);
  };
  expected.forEach((calls, quarter) => {
    for (
      let at = chance.exponential(QUARTER / Math.max(calls, 1e-9));
      at < QUARTER;
      at += chance.exponential(QUARTER / calls)
    ) {
      const second = Math.floor(quarter * QUARTER + at);
      put(comes, second, { at: second, isRedial: false, isGone: false });
    }
  });
  const byQuarter = expected.map(() => ({ offered: 0, abandoned: 0, waited: 0 }));
  const quarterOf = (second: number) => byQuarter[Math.min(byQuarter.length - 1, Math.floor(second / QUARTER))]!;
  const queue: Caller[] = [];
  const toCall: { readonly due: number }[] = [];
  const sum = {
    offered: 0,
    redials: 0,
    answered: 0,
    within: 0,
    abandoned: 0,
    callBacks: 0,
    kept: 0,
    wait: 0,
    worked: 0,
    there: 0,
  };
  let [head, waiting, busy] = [0, 0, 0];
  const talk = (now: number): void => {
    const mean = p.HANDLING * MINUTE;
    const median = mean * Math.exp(-(p.HANDLING_SIGMA ** 2) / 2);
    const drawn = asFormula ? chance.exponential(mean) : chance.lognormal(median, p.HANDLING_SIGMA);
    const seconds = Math.max(1, Math.round(drawn));
    busy += 1;
    sum.worked += seconds;
    ends.set(now + seconds, (ends.get(now + seconds) ?? 0) + 1);
  };
  const last = p.CLOSES * QUARTER;
  for (let now = p.OPENS * QUARTER; now < last || waiting > 0 || toCall.length > 0; now++) {
    const agents = now < last ? working[Math.floor(now / QUARTER)]! : Math.max(1, working[p.CLOSES - 1]!);
    if (now < last) sum.there += agents;
    busy -= ends.get(now) ?? 0;
    for (const caller of givesUp.get(now) ?? []) {
      if (caller.isGone) continue;
      caller.isGone = true;
      waiting -= 1;
      sum.abandoned += 1;
      quarterOf(caller.at).abandoned += 1;
      const again = Math.floor(now + 1 + chance.exponential(p.REDIAL_AFTER * MINUTE));
      if (!asFormula && chance.happens(p.REDIAL) && again < last)
        put(comes, again, { at: again, isRedial: true, isGone: false });
    }
    for (const caller of comes.get(now) ?? []) {
      sum.offered += 1;
      if (caller.isRedial) sum.redials += 1;
      quarterOf(now).offered += 1;
      const foreseen = (waiting * p.HANDLING) / Math.max(agents, 1);
      if (callBacks && foreseen > p.OFFER_FROM && chance.happens(p.TAKES_OFFER)) {
        sum.callBacks += 1;
        toCall.push({ due: now + p.CALL_BACK_WITHIN * MINUTE });
        continue;
      }
      queue.push(caller);
      waiting += 1;
      put(givesUp, Math.floor(now + 1 + chance.exponential(p.PATIENCE * MINUTE)), caller);
    }
    while (busy < agents && waiting + toCall.length > 0) {
      // Whose time is nearly over is called before whoever waits on the line.
      const isDue = toCall.length > 0 && (waiting === 0 || toCall[0]!.due - now < p.HANDLING * MINUTE);
      if (isDue) {
        if (toCall.shift()!.due >= now) sum.kept += 1;
        talk(now);
        continue;
      }
      while (queue[head]!.isGone) head += 1;
      const caller = queue[head++]!;
      caller.isGone = true;
      waiting -= 1;
      sum.answered += 1;
      sum.wait += now - caller.at;
      quarterOf(caller.at).waited += now - caller.at;
      if (now - caller.at <= p.TARGET.minutes * MINUTE) sum.within += 1;
      talk(now);
    }
  }
  const { kept, worked, there, wait, ...counts } = sum;
  return {
    ...counts,
    callBacksKept: kept,
    wait: wait / Math.max(1, sum.answered),
    busy: worked / Math.max(1, there),
    byQuarter,
  };
}
