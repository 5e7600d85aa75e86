// `npm test` and `npm run test:long`. Further arguments go to Vitest: `npm test -- src/kernel`.
import { join } from "node:path";
import { main, root, run, say, setup } from "./setup.mjs";

/** Minutes on two cores (docs: CONTRIBUTING.md). Whoever adds a long test makes room for it. */
const BUDGET_MINUTES = { short: 8, long: 30 };

await main(async () => {
  const args = process.argv.slice(2);
  const long = args.includes("--long");
  const passedOn = args.filter((arg) => arg !== "--long");
  const budget = long ? BUDGET_MINUTES.long : BUDGET_MINUTES.short;
  await setup();

  const started = Date.now();
  const vitest = join(root, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env, VENTANILLA_LONG: long ? "1" : "" };
  const code = await run(process.execPath, [vitest, "run", ...passedOn], { env });

  const minutes = (Date.now() - started) / 60_000;
  const tooLong = minutes > budget;
  say(`Tests took ${minutes.toFixed(1)} of ${budget} minutes${tooLong ? ": over the budget" : ""}.`);
  return code === 0 && tooLong ? 1 : code;
});
