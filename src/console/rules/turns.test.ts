import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

/** A party whose commands are answered when the test says so. */
function aParty() {
  const turns = createTurns();
  const done: string[] = [];
  return {
    turns,
    done,
    press: (what: string, command = true) =>
      turns.press("party", what, () => {
        done.push(what);
        if (command) turns.begin("party", what);
      }),
    answer: (accepted = true) => turns.end("party", accepted),
  };
}

describe("turns", () => {
  it("run at once when nothing is under way", () => {
    const { press, done } = aParty();
    press("serve");
    expect(done).toEqual(["serve"]);
  });

  it("make a key wait for the answer, one after the other", () => {
    const { press, answer, done } = aParty();
    for (const key of ["check_in", "serve", "issue_all"]) press(key);
    expect(done).toEqual(["check_in"]);
    answer();
    expect(done).toEqual(["check_in", "serve"]);
    answer();
    expect(done).toEqual(["check_in", "serve", "issue_all"]);
  });

  it("forget what waits when the command was refused", () => {
    const { press, answer, done } = aParty();
    for (const key of ["serve", "issue_all"]) press(key);
    answer(false);
    expect(done).toEqual(["serve"]);
    press("call");
    expect(done).toEqual(["serve", "call"]);
  });

  it("take a key that is pressed twice for one, and more than a hand presses for none", () => {
    const { press, answer, done } = aParty();
    for (const key of ["serve", "serve", "issue_all", "issue_all", "undo", "issue_all", "undo"]) press(key);
    for (let i = 0; i < 9; i++) answer();
    expect(done).toEqual(["serve", "issue_all", "undo", "issue_all"]);
  });

  it("go on after a key that turned out to be no command", () => {
    const { press, answer, done } = aParty();
    press("check_in");
    press("call", false);
    press("serve");
    answer();
    expect(done).toEqual(["check_in", "call", "serve"]);
  });

  it("keep parties apart", () => {
    const { turns, press, done } = aParty();
    press("serve");
    turns.press("other", "serve", () => done.push("other"));
    expect([done, turns.isUnderWay("party"), turns.isUnderWay("other")]).toEqual([["serve", "other"], true, false]);
  });
});
