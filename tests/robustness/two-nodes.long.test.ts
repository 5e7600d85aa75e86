import { expect, test } from "vitest";
import { newSeed } from "./chance.ts";
import { openNodes } from "./two-nodes.ts";

test(
  "two nodes with opposite batches never wait for each other in a circle: 10,000 rounds",
  { timeout: 480_000 },
  async () => {
    const nodes = await openNodes();
    try {
      const { booked, refused, failures, broken } = await nodes.run(10_000, newSeed("two nodes"));
      expect({ failures, broken }).toEqual({ failures: [], broken: {} });
      expect([booked > 5_000, refused > 5_000]).toEqual([true, true]);
    } finally {
      await nodes.close();
    }
  },
);
