import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { lookEach } from "#platform/look.ts";
import { proposalFor, type Proposal } from "../rules/ceiling.ts";
import { regimeKey } from "../rules/regime.ts";
import { DRAWS_STOOD, waitlistOf } from "../rules/waitlist.ts";
import { longestWait, WAIT_DRAWS, waitOf, type Wait } from "../rules/waits.ts";
import { findOpenSince, listWaits, type OfficeWaited } from "../store/waits.ts";

export { isPastCeiling, type Wait } from "../rules/waits.ts";

type Needed = Pick<Services, "database" | "clock" | "log">;

/** How long people wait for one office and service group. */
export interface OfficeWait {
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  /** Null while too little is known. */
  readonly wait: Wait | null;
  /** Households left of the latest draw, by `DRAWS_STOOD`; null where the number is too small to be told. */
  readonly waiting: readonly (number | null)[];
  /** What would mend it; null unless the wait is past the ceiling. */
  readonly proposal: Proposal | null;
}

const NOTHING_KNOWN: readonly OfficeWait[] = [];

/**
 * The weeks within which 95 of 100 households are served, for every office and group that drew lately. While a draw
 * takes requests only what was counted before it opened is told: whoever asks on the last day reads the same as on the
 * first (hardening 21). Read once a minute, the same list while nothing changed; what cannot be read is told as unknown.
 */
export const getWaits = lookEach(
  MINUTE_MS,
  async (
    { database, clock, log }: Needed,
    last: readonly OfficeWait[] = NOTHING_KNOWN,
  ): Promise<readonly OfficeWait[]> => {
    try {
      const lines = await database.reading("report", async (tx) =>
        listWaits(tx, (await findOpenSince(tx)) ?? clock.now(), WAIT_DRAWS),
      );
      return officeWaits(lines);
    } catch (error) {
      log.warn("waits of past draws could not be read; what was told stands", faultFields(error));
      return last;
    }
  },
);

function officeWaits(lines: readonly OfficeWaited[]): OfficeWait[] {
  const latest = lines[0]?.drawId ?? "";
  const keyOf = ({ officeId, serviceGroup }: OfficeWaited): string => regimeKey(officeId, serviceGroup);
  const waitlist = new Map(waitlistOf(lines, keyOf).map(({ row, households }) => [keyOf(row), households]));
  const own = new Map<string, OfficeWaited[]>();
  for (const line of lines) own.set(keyOf(line), [...(own.get(keyOf(line)) ?? []), line]);
  return [...own].map(([key, some]) => ({
    officeId: some[0]!.officeId,
    serviceGroup: some[0]!.serviceGroup,
    wait: waitOf(some),
    waiting: waitlist.get(key) ?? DRAWS_STOOD.map(() => 0),
    proposal: proposalFor(some, latest),
  }));
}

/** The wait of a household with these groups at one office: the longest of them; null where one is not known. */
export function waitAt(waits: readonly OfficeWait[], officeId: OfficeId, groups: readonly string[]): Wait | null {
  return longestWait(
    groups.map((group) => waits.find((one) => one.officeId === officeId && one.serviceGroup === group)?.wait ?? null),
  );
}
