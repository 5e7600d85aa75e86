import { MEMORY, PRIOR_FAMILIES, SELLERS_CLAIM } from "./parameters.ts";
import { type Beliefs, type Channel, type Release, type ReleaseOutcome, type Result } from "./types.ts";

/** Families heard of, and those among them who got a place. */
interface Heard {
  readonly got: number;
  readonly all: number;
}

export interface Experience {
  readonly alone: Readonly<Record<Channel, Heard>>;
  readonly withSeller: Heard;
}

/** Before the first release people know how many ask for how many places, and what sellers say of themselves. */
export function firstExperience(ratio: number): Experience {
  const share = heard(Math.min(1, 1 / ratio));
  return { alone: { web_fast: share, web_slow: share, phone: share }, withSeller: heard(SELLERS_CLAIM) };
}

function heard(share: number): Heard {
  return { got: share * PRIOR_FAMILIES, all: PRIOR_FAMILIES };
}

export function beliefsFrom({ alone, withSeller }: Experience): Beliefs {
  const share = ({ got, all }: Heard) => got / all;
  return {
    alone: { web_fast: share(alone.web_fast), web_slow: share(alone.web_slow), phone: share(alone.phone) },
    withSeller: share(withSeller),
  };
}

/** Each channel hears of those who asked alone in it; everybody hears of those who had ordered. */
export function learn(before: Experience, { households }: Release, { results, ordered }: ReleaseOutcome): Experience {
  const after = (old: Heard, whose: (family: number) => boolean, counts: (result: Result) => boolean): Heard => {
    const families = households.flatMap((_, family) => (whose(family) ? [family] : []));
    if (families.length === 0) return old;
    const got = families.filter((family) => counts(results[family]!)).length;
    return { got: MEMORY * old.got + got, all: MEMORY * old.all + families.length };
  };
  const alone = (channel: Channel) =>
    after(
      before.alone[channel],
      (family) => !ordered[family] && households[family]!.channel === channel,
      (result) => result === "free",
    );
  return {
    alone: { web_fast: alone("web_fast"), web_slow: alone("web_slow"), phone: alone("phone") },
    withSeller: after(
      before.withSeller,
      (family) => ordered[family]!,
      (result) => result !== "none",
    ),
  };
}
