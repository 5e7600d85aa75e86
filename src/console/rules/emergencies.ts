/** Minutes from which on hours are told: nobody counts in minutes what comes tomorrow. */
const TOLD_IN_MINUTES = 120;

/** How long until an answer is due, as it is told: whole minutes or hours, or how late it is. */
export function timeLeft(
  dueAt: string,
  now: number,
): { readonly late: boolean; readonly unit: "minutes" | "hours"; readonly count: number } {
  const minutes = (Date.parse(dueAt) - now) / 60_000;
  const late = minutes <= 0;
  const whole = late ? Math.floor(Math.abs(minutes)) : Math.ceil(minutes);
  return whole > TOLD_IN_MINUTES
    ? { late, unit: "hours", count: Math.floor(whole / 60) }
    : { late, unit: "minutes", count: whole };
}

/** What a member of staff may do with a proposal of an answer. */
export function mayDo(
  one: {
    readonly state: string;
    readonly mine: boolean;
    readonly reviewed: boolean;
    readonly aloneFrom: string | null;
  },
  isHead: boolean,
  now: number,
): { readonly propose: boolean; readonly sign: boolean; readonly signAlone: boolean; readonly sendBack: boolean } {
  const proposed = one.state === "proposed";
  return {
    propose: one.state === "asked" && (!one.reviewed || isHead),
    sign: proposed && !one.mine,
    signAlone: proposed && one.mine && isHead && one.aloneFrom !== null && Date.parse(one.aloneFrom) <= now,
    sendBack: proposed,
  };
}
