// `npm run bench` runs all, `npm run bench -- NAME` one. Each in a process of its own, one after the
// other; standard output carries only their JSON lines.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { main, Plain, root, run, say, seconds, setup } from "./setup.mjs";

const BUDGET_MINUTES = 15;

await main(async () => {
  const known = readdirSync(join(root, "bench"))
    .filter((name) => name.endsWith(".bench.ts"))
    .map((name) => name.replace(/\.bench\.ts$/, ""))
    .sort();
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Plain(`There is no bench ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  await setup();

  const started = Date.now();
  const failed = [];
  for (const name of asked.length > 0 ? asked : known) {
    const since = Date.now();
    const script = join(root, `dist/bench/${name}.bench.js`);
    const code = await run(process.execPath, ["--enable-source-maps", script], { stdio: ["ignore", "inherit", 2] });
    say(`${name}: ${code === 0 ? "measured" : "could not measure"} (${seconds(since)}).`);
    if (code !== 0) failed.push(name);
  }
  const minutes = (Date.now() - started) / 60_000;
  const tooLong = minutes > BUDGET_MINUTES;
  say(`Benches took ${minutes.toFixed(1)} of ${BUDGET_MINUTES} minutes${tooLong ? ": over the budget" : ""}.`);
  return failed.length > 0 || tooLong ? 1 : 0;
});
