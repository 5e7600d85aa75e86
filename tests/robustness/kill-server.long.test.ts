import { expect, test } from "vitest";
import { killUnderLoad } from "./kill-server.ts";

test(
  "fifty kills of server and database under load lose nothing that was acknowledged and double nothing",
  { timeout: 360_000 },
  async () => {
    const { ledger, seconds } = await killUnderLoad({ kills: 50, clients: 32, sessions: 100_000 });
    process.stdout.write(
      `50 kills: ${ledger.booked.size} bookings acknowledged, ${ledger.cancelled.size} cancelled, ${ledger.unanswered} requests repeated, ${seconds.toFixed(0)} s\n`,
    );
    expect(ledger.unanswered).toBeGreaterThan(50);
  },
);
