import type { EntryTable } from "./entries.ts";
import { evidenceOf } from "./evidence.ts";
import { groupEntries } from "./graph.ts";
import { levelOf, weigh, THRESHOLDS, type Level, type Thresholds } from "./levels.ts";
import type { Points } from "./refit.ts";
import { POINTS, scoreOf, type Evidence, type Score } from "./score.ts";

/** A group that a person may have to look at. */
export interface Cluster {
  /** Its entries, as numbers of the table. */
  readonly members: readonly number[];
  readonly evidence: Evidence;
  readonly score: Score;
  readonly level: Level;
}

/** Points from which a green group is kept too, to show what a lower threshold would have done. */
const KEPT_FROM = 15;

/** Groups the entries and scores each group; green ones of few points are left out. Strongest first. */
export function clustersOf(
  table: EntryTable,
  thresholds: Thresholds = THRESHOLDS,
  weights: Points = POINTS,
): Cluster[] {
  const found: Cluster[] = [];
  for (const members of groupsOf(groupEntries(table.shared))) {
    const evidence = evidenceOf(members.map((i) => table.at(i)));
    const score = scoreOf(evidence, weights);
    const level = levelOf(weigh(score), thresholds);
    if (level !== "green" || score.points >= KEPT_FROM) found.push({ members, evidence, score, level });
  }
  return found.sort((a, b) => b.score.points - a.score.points || a.members[0]! - b.members[0]!);
}

/** The members of each group, one group after the other. */
function* groupsOf(group: Int32Array): Generator<number[]> {
  const next = new Int32Array(group.length).fill(-1);
  const last = new Int32Array(group.length).fill(-1);
  // A group is named by the lowest of its entries, so whoever leads comes first.
  group.forEach((leader, i) => {
    if (last[leader] !== -1) next[last[leader]!] = i;
    last[leader] = i;
  });
  for (let leader = 0; leader < group.length; leader++) {
    if (group[leader] !== leader) continue;
    const members: number[] = [];
    for (let at = leader; at !== -1; at = next[at]!) members.push(at);
    yield members;
  }
}
