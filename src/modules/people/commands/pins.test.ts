import { expect, it } from "vitest";
import { Overloaded } from "#platform/coalesce.ts";
import { atMost, hashPin, isPin, NO_PIN } from "./pins.ts";

it("knows a PIN by its hash, which is another each time", async () => {
  const [first, second] = await Promise.all([hashPin("123456"), hashPin("123456")]);
  expect(first).not.toBe(second);
  expect(await Promise.all([isPin("123456", first), isPin("123457", first), isPin("123456", NO_PIN)])).toEqual([
    true,
    false,
    false,
  ]);
});

it("hashes a few at a time and turns a crowd away", async () => {
  const limited = atMost(2, 3);
  let underWay = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    most = Math.max(most, ++underWay);
    await new Promise((resume) => setTimeout(resume, 2));
    underWay -= 1;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: 9 }, () => limited(work)));
  expect(most).toBe(2);
  expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(5);
  expect(outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason instanceof Overloaded] : []))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  await limited(work);
});
