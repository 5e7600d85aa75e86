import { describe, expect, it } from "vitest";
import { FILES_PER_MINUTE, openOneMore } from "./brake.ts";

const START = Date.parse("2026-12-03T18:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1_000);

/** Opens files at those seconds, one after the other, and says which of them opened. */
function open(seconds: readonly number[]): boolean[] {
  let remembered: Date[] = [];
  return seconds.map((second) => {
    const outcome = openOneMore(remembered, at(second));
    if (outcome.ok) remembered = outcome.value;
    return outcome.ok;
  });
}
const opened = (seconds: readonly number[]) => open(seconds).filter(Boolean).length;
const spread = (count: number, from: number, to: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / count);

describe("the brake", () => {
  it("lets sixty files open in a minute and no more, however the minute is cut", () => {
    expect(opened(spread(500, 0, 60))).toBe(FILES_PER_MINUTE);
    const seconds = spread(2_000, 0, 180);
    const answers = open(seconds);
    const times = seconds.filter((_, i) => answers[i]);
    for (const from of times)
      expect(times.filter((one) => one >= from && one < from + 60).length).toBeLessThanOrEqual(FILES_PER_MINUTE);
    expect(times).toHaveLength(3 * FILES_PER_MINUTE);
  });

  it("never stops who opens one a second", () => {
    expect(open(spread(600, 0, 600))).not.toContain(false);
  });

  it("forgets what a clock that was put back had written", () => {
    expect(openOneMore(spread(FILES_PER_MINUTE, 3_600, 3_660).map(at), at(0)).ok).toBe(true);
  });

  it("says when the next file opens", () => {
    const full = spread(FILES_PER_MINUTE, 0, 30).map(at);
    expect(openOneMore(full, at(30))).toEqual({ ok: false, refusal: { code: "too_many_files", retryAfter: 30 } });
    expect(openOneMore(full, at(59.9))).toMatchObject({ refusal: { retryAfter: 1 } });
    expect(openOneMore(full, at(60)).ok).toBe(true);
  });
});
