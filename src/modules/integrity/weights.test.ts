import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext, transaction, type Context } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { setWeights } from "./commands/weights.ts";
import { anAnalyst } from "./integrity.fixtures.ts";
import { proposeWeights } from "./queries/weights.ts";
import { LEAST_LABELLED } from "./rules/refit.ts";
import { POINTS } from "./rules/score.ts";
import { readWeights } from "./store/weights.ts";

let services: TestServices;
let ana: Context;
beforeAll(async () => {
  services = await openTestServices();
  ana = await anAnalyst(services);
});
afterAll(() => services.close());

/** Cases that a person signed: of middlemen most have swaps, of families most are many in three offices; both have young contacts. */
const sign = (count: number) =>
  services.adminQuery(
    `insert into integrity.cases (id, booking_id, office_id, contact_id, origin, level, points, kinds, terms, state, starts_at, flagged_at, queued_at, challenged_at, settled_at, settled_by, erase_after)
     select gen_random_uuid(), gen_random_uuid(), 'fresno', gen_random_uuid(), 'score', 'orange', 52, 2,
       jsonb_build_array(jsonb_build_object('code', 'fresh_contacts', 'points', 15), jsonb_build_object('code', case when (n % 2 = 0) = (n % 10 <> 0) then 'swaps' else 'many_surnames' end, 'points', case when (n % 2 = 0) = (n % 10 <> 0) then 20 else 10 end)),
       case when n % 2 = 0 then 'refuted' else 'validated' end, $2, $2, $2, $2, $2, $3, ($2::timestamptz + interval '1 year')::date
     from generate_series(1, $1::int) n`,
    [count, services.clock.now(), randomUUID()],
  );
const proposed = async () => {
  const outcome = await proposeWeights(ana);
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const weightsNow = () => transaction(systemContext(services, "test"), "worker", (tx) => readWeights(tx));

test("weights are proposed from five hundred signed cases on, shown with their effect, and set as they were seen", async () => {
  await sign(LEAST_LABELLED - 1);
  expect(await proposed()).toMatchObject({ labelled: LEAST_LABELLED - 1, changes: [] });
  expect(await setWeights(ana, LEAST_LABELLED - 1)).toMatchObject({ refusal: { code: "not_possible" } });
  await sign(101);
  const seen = await proposed();
  expect(seen.labelled).toBe(LEAST_LABELLED + 100);
  const swaps = seen.changes.find((one) => one.code === "swaps")!;
  expect([swaps.now, swaps.then > swaps.now]).toEqual([POINTS.swaps, true]);
  // Less is asked about, and more of it rightly.
  expect(seen.then.right / seen.then.asked).toBeGreaterThan(seen.now.right / seen.now.asked);
  expect(await weightsNow()).toEqual(POINTS);
  expect(await setWeights(ana, LEAST_LABELLED)).toMatchObject({ refusal: { code: "changed_meanwhile" } });
  expect(await setWeights(ana, seen.labelled)).toMatchObject({ ok: true });
  expect((await weightsNow()).swaps).toBe(swaps.then);
  // Cases that were scored by other weights are not fitted again.
  expect(await proposed()).toMatchObject({ labelled: 0, changes: [] });
});

test("whoever is no analyst neither sees nor sets them", async () => {
  const clerk = { kind: "staff", staffId: randomUUID(), officeId: "fresno", role: "clerk" } as unknown;
  const ctx: Context = { ...ana, actor: clerk as Context["actor"] };
  expect(await proposeWeights(ctx)).toMatchObject({ refusal: { code: "not_allowed" } });
  expect(await setWeights(ctx, 0)).toMatchObject({ refusal: { code: "not_allowed" } });
});
