import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { joinElection, type Election, type Wire } from "./election.ts";

/** Tabs of one browser; a frozen one neither hears nor speaks. */
function browser() {
  const wires = new Map<number, Wire>();
  const frozen = new Set<number>();
  return {
    frozen,
    open(self: number): Election {
      const wire: Wire = {
        onmessage: null,
        postMessage(word) {
          if (frozen.has(self)) return;
          for (const [other, { onmessage }] of wires)
            if (other !== self && !frozen.has(other)) onmessage?.({ data: word });
        },
      };
      wires.set(self, wire);
      return joinElection(wire, self, () => undefined);
    },
  };
}

describe("the election among tabs", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const leaders = (tabs: Election[]) => tabs.map((tab) => tab.isLeader());

  it("makes a lone tab the leader", () => {
    const tabs = [browser().open(1)];
    vi.advanceTimersByTime(1_000);
    expect(leaders(tabs)).toEqual([true]);
  });

  it("gives seven tabs that open at once one leader", () => {
    const { open } = browser();
    const tabs = [7, 3, 5, 1, 2, 6, 4].map(open);
    vi.advanceTimersByTime(10_000);
    expect(leaders(tabs).filter(Boolean)).toHaveLength(1);
  });

  it("leaves a sitting leader alone when a tab with a lower number opens", () => {
    const { open } = browser();
    const tabs = [open(9)];
    vi.advanceTimersByTime(1_000);
    tabs.push(open(2));
    vi.advanceTimersByTime(10_000);
    expect(leaders(tabs)).toEqual([true, false]);
  });

  it("passes the lead when the leader closes, and when it falls silent", () => {
    const { open, frozen } = browser();
    const tabs = [open(1)];
    vi.advanceTimersByTime(1_000);
    tabs.push(open(2), open(3));
    tabs[0]!.leave();
    vi.advanceTimersByTime(1_000);
    expect(leaders(tabs).filter(Boolean)).toHaveLength(1);
    const second = tabs[1]!.isLeader() ? 2 : 3;
    frozen.add(second);
    vi.advanceTimersByTime(7_000);
    expect(leaders(tabs.slice(1))).toEqual([true, true]);
    frozen.clear();
    vi.advanceTimersByTime(7_000);
    tabs.push(open(4));
    vi.advanceTimersByTime(7_000);
    expect(leaders(tabs).filter(Boolean)).toHaveLength(1);
  });
});
