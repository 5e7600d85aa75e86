// `npm run simulate`: writes docs/simulation anew. Further arguments go on: `-- --seeds 4,5,6 --out FOLDER`, `-- year`, `-- hall`, `-- centre` or `-- integrity`.
import { join } from "node:path";
import { main, root, run, say, setup } from "./setup.mjs";

/** On two cores (docs: CONTRIBUTING.md); the year on one. */
const BUDGET_MINUTES = process.argv.includes("year") ? 10 : 3;

await main(async () => {
  await setup();
  const started = Date.now();
  const script = join(root, "dist/simulate.js");
  const code = await run(process.execPath, ["--enable-source-maps", script, ...process.argv.slice(2)]);
  const minutes = (Date.now() - started) / 60_000;
  const tooLong = minutes > BUDGET_MINUTES;
  say(`Simulated in ${minutes.toFixed(1)} of ${BUDGET_MINUTES} minutes${tooLong ? ": over the budget" : ""}.`);
  return code === 0 && tooLong ? 1 : code;
});
