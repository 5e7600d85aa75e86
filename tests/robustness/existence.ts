/** One answer as it can be told from another: its bytes, their number, and how long it took. */
export interface Answered {
  readonly route: string;
  readonly exists: boolean;
  readonly text: string;
  readonly size: number;
  readonly ms: number;
}

/** How well a classifier tells the classes apart by one number: 0.5 is chance, 1 and 0 are certainty. */
export interface Telling {
  readonly auc: number;
  /** Standard error of it if there is nothing to tell. */
  readonly error: number;
}

/** Bounds within which size and time tell nothing worth having (issue 6), and how far chance may lead beyond them. */
export const AUC_BOUND = 0.05;
const CHANCE_ERRORS = 3;

/** Area under the curve over the pairs of each route, so that a slow route is not taken for a class. Ties count half. */
export function tellingBy(answers: readonly Answered[], feature: (one: Answered) => number): Telling {
  let [wins, pairs, variance] = [0, 0, 0];
  for (const route of new Set(answers.map((one) => one.route))) {
    const own = answers.filter((one) => one.route === route).sort((a, b) => feature(a) - feature(b));
    const there = own.filter((one) => one.exists).length;
    const not = own.length - there;
    let rankSum = 0;
    for (let i = 0; i < own.length;) {
      let end = i;
      while (end < own.length && feature(own[end]!) === feature(own[i]!)) end++;
      rankSum += own.slice(i, end).filter((one) => one.exists).length * ((i + 1 + end) / 2);
      i = end;
    }
    wins += rankSum - (there * (there + 1)) / 2;
    pairs += there * not;
    variance += (there * not * (there + not + 1)) / 12;
  }
  return { auc: wins / pairs, error: Math.sqrt(variance) / pairs };
}

export function isTold({ auc, error }: Telling): boolean {
  return Math.abs(auc - 0.5) > AUC_BOUND + CHANCE_ERRORS * error;
}

/** Routes whose masked answers are not the same for what is there and what is not, with the first difference. */
export function unequal(answers: readonly Answered[]): string[] {
  return [...new Set(answers.map((one) => one.route))].flatMap((route) => {
    const texts = (exists: boolean) =>
      new Set(answers.filter((one) => one.route === route && one.exists === exists).map((one) => one.text));
    const [there, not] = [texts(true), texts(false)];
    const only = [...there].find((text) => !not.has(text)) ?? [...not].find((text) => !there.has(text));
    return only === undefined ? [] : [`${route}: ${only.slice(0, 200)}`];
  });
}
