import { randomUUID } from "node:crypto";
import { MINUTE_MS } from "../../src/kernel/time.ts";
import type { TestServices } from "./database.ts";

const WEEK_MS = 7 * 86_400_000;

/** A weekly draw that was drawn so many weeks ago, or takes requests since an hour ago; nobody stood in it. */
export async function aPastDraw(
  services: TestServices,
  weeksAgo: number,
  state: "settled" | "open" = "settled",
): Promise<string> {
  const id = randomUUID();
  const opened = services.clock.now().getTime() - weeksAgo * WEEK_MS - 60 * MINUTE_MS;
  const hours = [0, 1, 2, 3].map((part) => new Date(opened + (part * WEEK_MS) / 10));
  await services.adminQuery(
    `insert into allocation.draws (id, kind, state, opens_at, locks_at, draws_at, answers_by, horizon_from, horizon_to, rows_from, steps, root)
     values ($1, 'weekly', $2, $3, $4, $5, $6, '2026-12-14', '2027-01-17', '2027-02-16', '{}', case when $2 = 'settled' then ''::bytea end)`,
    [id, state, ...hours],
  );
  return id;
}

/** What was counted of such a draw in Fresno's documents: by weeks, how many stood and how many were served. */
export async function countedWaits(
  services: TestServices,
  drawId: string,
  ages: readonly (readonly [stood: number, served: number])[],
): Promise<void> {
  await services.adminQuery("update allocation.draws set counted_at = $2 where id = $1", [
    drawId,
    services.clock.now(),
  ]);
  for (const [i, [stood, served]] of ages.entries())
    await services.adminQuery(
      "insert into allocation.waits values ($1, 'fresno', 'documentacion', $2, $3, $4, $3, $5)",
      [drawId, i + 1, stood, served, services.clock.now()],
    );
}

/** Four draws that were all alike. */
export async function aMonthOfWaits(services: TestServices, ages: Parameters<typeof countedWaits>[2]): Promise<void> {
  for (const weeksAgo of [9, 8, 7, 6]) await countedWaits(services, await aPastDraw(services, weeksAgo), ages);
}
