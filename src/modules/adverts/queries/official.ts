import { parseAddress } from "#modules/people/index.ts";
import { pointsOf } from "../rules/extract.ts";
import { judgeOfficial, type Judgement, type OfficialFacts } from "../rules/official.ts";

/** Longest text that is judged: a message, with room. Characters. */
export const MOST_JUDGED = 1_000;

/** Numbers and addresses as they are written in office data, each in the one form in which they are compared. */
export function officialFacts(own: {
  readonly host: string;
  readonly governmentHosts: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
}): OfficialFacts {
  const keys = (kind: "sms" | "email", all: readonly string[]): Set<string> =>
    new Set(all.flatMap((typed) => parseAddress(kind, typed)?.address.toLowerCase() ?? []));
  return { ...own, phones: keys("sms", own.phones), emails: keys("email", own.emails) };
}

/** Judges what somebody typed; it is kept nowhere. */
export function checkOfficial(typed: string, facts: OfficialFacts): Judgement {
  const text = typed.slice(0, MOST_JUDGED);
  const points = pointsOf(text).map((point) => ({
    ...point,
    known:
      (point.kind === "account"
        ? undefined
        : parseAddress(point.kind === "phone" ? "sms" : "email", point.value)?.address.toLowerCase()) ?? point.value,
  }));
  return judgeOfficial(text, points, facts);
}
