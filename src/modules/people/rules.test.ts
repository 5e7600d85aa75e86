import { describe, expect, it } from "vitest";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import {
  CODE_TRIES,
  CODES_PER_DAY,
  CODES_PER_WINDOW,
  contactEraseAfter,
  digitsFrom,
  judgeCodeRequest,
  judgeTry,
  PIN_TRIES,
  reserveCardTry,
  slideOf,
  STRANGER_TRIES_PER_DAY,
  unverifiedEraseAfter,
  VERIFIED_MINUTES,
  type CardTries,
  type CodeHistory,
  type CodeState,
} from "./rules.ts";

const NOW = new Date("2026-11-23T18:00:00Z");
const minutes = (count: number): Date => new Date(NOW.getTime() + count * MINUTE_MS);
const quiet: CodeHistory = { ownInWindow: [], ownInDay: [], strangersInWindow: 0, strangersInDay: 0, strangerTries: 0 };
const fresh: CodeState = { attempts: 0, expiresAt: minutes(10), usedAt: undefined, familiar: false, withheld: false };

describe("a request for a code", () => {
  it("is sent when nobody asked before", () => {
    expect(judgeCodeRequest(quiet, false)).toEqual({ withheld: false });
  });

  it("is refused for what its own session asked, and says until when", () => {
    const ownInWindow = [minutes(-14), minutes(-9), minutes(-1)];
    expect(judgeCodeRequest({ ...quiet, ownInWindow, ownInDay: ownInWindow }, true)).toEqual({ retryAt: minutes(1) });
    const ownInDay = Array.from({ length: CODES_PER_DAY }, (_, i) => minutes(-60 * (CODES_PER_DAY - i)));
    expect(judgeCodeRequest({ ...quiet, ownInDay }, true)).toEqual({
      retryAt: new Date(ownInDay[0]!.getTime() + 24 * HOUR_MS),
    });
  });

  it.each<[string, Partial<CodeHistory>]>([
    ["codes of the window", { strangersInWindow: CODES_PER_WINDOW }],
    ["codes of the day", { strangersInDay: CODES_PER_DAY }],
    ["wrong tries of the day", { strangerTries: STRANGER_TRIES_PER_DAY }],
  ])(
    "is withheld from a stranger when strangers used up the %s, and sent to a session that knows the contact",
    (_, used) => {
      expect(judgeCodeRequest({ ...quiet, ...used }, false)).toEqual({ withheld: true });
      expect(judgeCodeRequest({ ...quiet, ...used }, true)).toEqual({ withheld: false });
    },
  );
});

describe("a try at a code", () => {
  it("succeeds with the right digits until the very instant the code expires", () => {
    expect(judgeTry(fresh, true, 0, minutes(9.99))).toBe("verified");
    expect(judgeTry(fresh, true, 0, minutes(10))).toBe("expired");
  });

  it("ends with the fifth wrong one", () => {
    expect(judgeTry({ ...fresh, attempts: CODE_TRIES - 1 }, false, 0, NOW)).toBe("wrong");
    expect(judgeTry({ ...fresh, attempts: CODE_TRIES }, true, 0, NOW)).toBe("expired");
  });

  it("succeeds once", () => {
    expect(judgeTry({ ...fresh, usedAt: NOW }, true, 0, NOW)).toBe("expired");
  });

  it("is never right for a withheld code, nor for a stranger once strangers guessed ten times that day", () => {
    expect(judgeTry({ ...fresh, withheld: true }, true, 0, NOW)).toBe("wrong");
    expect(judgeTry(fresh, true, STRANGER_TRIES_PER_DAY, NOW)).toBe("wrong");
    expect(judgeTry({ ...fresh, familiar: true }, true, STRANGER_TRIES_PER_DAY, NOW)).toBe("verified");
  });
});

describe("tries at a card", () => {
  it("lock with the fifth for fifteen minutes, and start again after", () => {
    let tries: CardTries = { attempts: 0, lockedUntil: undefined };
    for (let i = 0; i < PIN_TRIES; i++) {
      const next = reserveCardTry(tries, NOW);
      if ("refusedUntil" in next) throw new Error("locked too early");
      tries = next;
    }
    expect(reserveCardTry(tries, minutes(14))).toEqual({ refusedUntil: minutes(15) });
    expect(reserveCardTry(tries, minutes(15))).toEqual({ attempts: 1, lockedUntil: undefined });
  });
});

describe("a verification", () => {
  it("moves with use, at most every five minutes, never past twelve hours, and not once it lapsed", () => {
    const session = { verifiedAt: NOW, verifiedUntil: minutes(VERIFIED_MINUTES) };
    expect(slideOf(session, minutes(4))).toBeUndefined();
    expect(slideOf(session, minutes(6))).toEqual(minutes(66));
    expect(slideOf(session, minutes(60))).toBeUndefined();
    expect(slideOf({ ...session, verifiedUntil: minutes(700) }, minutes(690))).toEqual(minutes(720));
    expect(slideOf({ ...session, verifiedUntil: minutes(720) }, minutes(719))).toBeUndefined();
  });
});

describe("time of keeping", () => {
  it("is thirteen months after the last use, and two days for an address nobody proved", () => {
    expect(contactEraseAfter(NOW)).toBe("2027-12-23");
    expect(contactEraseAfter(new Date("2027-01-31T23:59:00Z"))).toBe("2028-03-02");
    expect(unverifiedEraseAfter(NOW)).toBe("2026-11-25");
  });
});

it("makes six digits of any digest", () => {
  expect(digitsFrom(new Uint8Array(32))).toBe("000000");
  expect(digitsFrom(new Uint8Array(32).fill(255))).toBe("710655");
});
