import { levelOf, LEVELS, type Level, type Thresholds, type Weighed } from "./levels.ts";

/** A case of which it is known how it ended. */
export interface Labelled extends Weighed {
  readonly middleman: boolean;
}

export interface LevelPreview {
  readonly level: Level;
  readonly groupsNow: number;
  readonly groupsThen: number;
  /** Bookings of these groups that are still to come. */
  readonly bookingsNow: number;
  readonly bookingsThen: number;
}

export interface ThresholdPreview {
  readonly levels: readonly LevelPreview[];
  /** Of the cases that were decided: how many would be asked about (orange or red), and rightly. */
  readonly labelled: { readonly all: number; readonly asked: number; readonly right: number; readonly missed: number };
}

/** What other thresholds would have made of the groups and cases there are. Nothing is changed by looking. */
export function previewOf(
  groups: readonly (Weighed & { readonly toCome: number })[],
  labelled: readonly Labelled[],
  now: Thresholds,
  then: Thresholds,
): ThresholdPreview {
  const sum = (some: readonly { readonly toCome: number }[]) => some.reduce((total, one) => total + one.toCome, 0);
  const asked = labelled.filter((one) => ["orange", "red"].includes(levelOf(one, then)));
  return {
    levels: LEVELS.toReversed().map((level) => {
      const [nowHere, thenHere] = [now, then].map((thresholds) =>
        groups.filter((one) => levelOf(one, thresholds) === level),
      );
      return {
        level,
        groupsNow: nowHere!.length,
        groupsThen: thenHere!.length,
        bookingsNow: sum(nowHere!),
        bookingsThen: sum(thenHere!),
      };
    }),
    labelled: {
      all: labelled.length,
      asked: asked.length,
      right: asked.filter((one) => one.middleman).length,
      missed: labelled.filter((one) => one.middleman && !asked.includes(one)).length,
    },
  };
}
