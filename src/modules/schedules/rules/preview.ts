import { sha256, toHex, utf8 } from "#kernel/digest.ts";
import type { ServiceGroup } from "#kernel/ids.ts";
import type { GivenOut, Layout, SpecialDay, Station } from "../types.ts";
import { bottleneckOf, type LaidPlace } from "./layout.ts";

/** What one group's opening gives on one day. */
export interface SessionYield {
  readonly serviceGroup: ServiceGroup;
  readonly places: number;
  readonly open: number;
  readonly urgent: number;
  readonly walkIn: number;
  readonly assisted: number;
  /** Of the open ones, those beyond what the counters carry. */
  readonly overbooked: number;
  readonly counters: number;
  readonly bottleneck: { readonly station: Station; readonly counters: number } | null;
  readonly givenOut: GivenOut;
}

export function yieldOf(layout: Layout, places: readonly LaidPlace[], givenOut: GivenOut): SessionYield {
  const of = (pool: LaidPlace["pool"]): number => places.filter((one) => one.pool === pool).length;
  return {
    serviceGroup: layout.serviceGroup,
    places: places.length,
    open: of("open"),
    urgent: of("urgent"),
    walkIn: of("walk_in"),
    assisted: of("assisted"),
    overbooked: places.filter((one) => one.overbook).length,
    counters: layout.counters,
    bottleneck: bottleneckOf(layout) ?? null,
    givenOut,
  };
}

/** A special day as it is stored, in a word: who changes or publishes it says by this which one she had before her. */
export function storedOf({ state, revision, kind, localDate, venueId, resources, sessions }: SpecialDay): string {
  return seenOf([state, revision, kind, localDate, venueId, resources, sessions]);
}

/** Figures that somebody saw, in a word: a save that bears another is of a plan that is no longer true. */
export function seenOf(figures: unknown): string {
  return toHex(sha256(utf8(JSON.stringify(figures))));
}
