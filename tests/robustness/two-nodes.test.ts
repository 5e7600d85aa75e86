import { afterAll, beforeAll, expect, test } from "vitest";
import { newSeed } from "./chance.ts";
import { openNodes, type Nodes } from "./two-nodes.ts";

let nodes: Nodes;
beforeAll(async () => {
  nodes = await openNodes();
});
afterAll(() => nodes.close());

test("two nodes with opposite batches never wait for each other in a circle: 1,000 rounds", async () => {
  const { booked, refused, failures, broken } = await nodes.run(1_000, newSeed("two nodes"));
  expect({ failures, broken }).toEqual({ failures: [], broken: {} });
  expect([booked > 500, refused > 500]).toEqual([true, true]);
}, 90_000);

test("transactions that lock in orders of their own do: the negative control", async () => {
  expect(await nodes.lockInOppositeOrders()).toEqual(["40P01"]);
});
