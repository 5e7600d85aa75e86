import { expect, test } from "vitest";
import { openBadInput } from "./bad-input.ts";
import { newSeed } from "./chance.ts";

test(
  "200,000 bad requests and forms: never a fault, always an answer that says what to do, and nothing stored",
  { timeout: 480_000 },
  async () => {
    const began = performance.now();
    const badInput = await openBadInput();
    try {
      const requests = await badInput.requests(180_000, newSeed("bad input"));
      expect({ complaints: requests.complaints, grown: requests.grown }).toEqual({ complaints: [], grown: {} });
      const forms = await badInput.forms(20_000, newSeed("bad forms"));
      expect({ complaints: forms.complaints, grown: forms.grown }).toEqual({ complaints: [], grown: {} });
      process.stdout.write(
        `200,000 bad requests: ${JSON.stringify({ requests: requests.byStatus, forms: forms.byStatus })}, ${((performance.now() - began) / 1000).toFixed(0)} s\n`,
      );
    } finally {
      await badInput.close();
    }
  },
);
