import type { LocalDate } from "#kernel/ids.ts";
import type { Declaration } from "#modules/booking/index.ts";
import {
  dateOf,
  listOf,
  typedDate,
  type Checked,
  type DateProblem,
  type Problem,
  type TypedDate,
} from "../visit/forms.ts";
import { partsOf } from "./until.form.ts";

export const CLAIMS = ["pregnancy", "disability", "deadline"] as const;
type Claim = (typeof CLAIMS)[number];

/** What is ticked of one person, and the day of her deadline. */
export interface TypedClaims {
  readonly ticked: readonly string[];
  readonly day: TypedDate;
}

export type ClaimProblem = DateProblem | "claim_past" | "choice_missing";

/** Names of a person's fields; she is counted from 1. */
export const claimField = (person: number): string => `caso${person}`;
export const claimDay = (person: number): string => `limite${person}`;

const NO_DATE: TypedDate = { day: "", month: "", year: "" };

export function typedClaims(body: unknown, people: number): TypedClaims[] {
  return persons(people).map((person) => ({
    ticked: listOf(body, claimField(person)),
    day: typedDate(body, claimDay(person)),
  }));
}

export function claimsAsTyped(declared: readonly Declaration[], people: number): TypedClaims[] {
  return persons(people).map((person) => {
    const own = declared.filter((one) => one.ordinal === person);
    const deadline = own.find((one) => one.kind === "deadline");
    return { ticked: own.map((one) => one.kind), day: deadline ? partsOf(deadline.on) : NO_DATE };
  });
}

/** Declarations of the party; a deadline has its day, which is still to come. */
export function checkClaims(typed: readonly TypedClaims[], today: LocalDate): Checked<Declaration[], ClaimProblem> {
  const problems: Problem<ClaimProblem>[] = [];
  typed.forEach(({ ticked }, i) => {
    if (ticked.some((one) => !CLAIMS.some((claim) => claim === one)))
      problems.push({ field: claimField(i + 1), key: "choice_missing" });
  });
  const declared = typed.flatMap(({ ticked, day }, i): Declaration[] =>
    CLAIMS.filter((claim: Claim) => ticked.includes(claim)).flatMap((kind): Declaration[] => {
      const ordinal = i + 1;
      if (kind !== "deadline") return [{ kind, ordinal }];
      const found = dateOf(day);
      if ("date" in found && found.date >= today) return [{ kind, ordinal, on: found.date }];
      problems.push(
        "date" in found
          ? { field: claimDay(ordinal), key: "claim_past" }
          : { field: claimDay(ordinal), key: found.problem, wrong: found.wrong },
      );
      return [];
    }),
  );
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: declared };
}

function persons(people: number): number[] {
  return Array.from({ length: people }, (_, i) => i + 1);
}
