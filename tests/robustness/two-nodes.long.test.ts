import { afterAll, beforeAll, expect, test } from "vitest";
import { newSeed } from "./chance.ts";
import { openNodes, type Nodes } from "./two-nodes.ts";

let nodes: Nodes;
beforeAll(async () => {
  nodes = await openNodes();
});
afterAll(() => nodes.close());

test(
  "two nodes with opposite batches never wait for each other in a circle: 10,000 rounds",
  { timeout: 480_000 },
  async () => {
    const { booked, refused, failures, broken } = await nodes.run(10_000, newSeed("two nodes"));
    expect({ failures, broken }).toEqual({ failures: [], broken: {} });
    expect([booked > 5_000, refused > 5_000]).toEqual([true, true]);
  },
);

test("transactions that lock in orders of their own do: the negative control", async () => {
  expect(await nodes.lockInOppositeOrders()).toEqual(["40P01"]);
});
