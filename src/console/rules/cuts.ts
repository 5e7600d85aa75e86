/** What the form of a closure holds, as typed. */
export interface CutForm {
  readonly localDate: string;
  /** Empty: every session of that day. */
  readonly sessionId: string;
  readonly counterFrom: string;
  readonly counterTo: string;
  readonly hourFrom: string;
  readonly hourTo: string;
}

/** Hours of the day that an empty field stands for. */
const FIRST_HOUR = "00:00";
const LAST_HOUR = "23:59";

/** The question to the server: a bound that was left empty takes in everything on its side; the same number twice is one counter alone. */
export function cutAsked(form: CutForm, counters: number) {
  const { localDate, sessionId, counterFrom, counterTo, hourFrom, hourTo } = form;
  const isSome = counterFrom !== "" || counterTo !== "";
  const isPart = hourFrom !== "" || hourTo !== "";
  return {
    localDate,
    ...(sessionId === "" ? {} : { sessionId }),
    ...(isSome ? { counters: { from: Number(counterFrom || 1), to: Number(counterTo || counters) } } : {}),
    ...(isPart ? { hours: { from: hourFrom || FIRST_HOUR, until: hourTo || LAST_HOUR } } : {}),
  };
}
