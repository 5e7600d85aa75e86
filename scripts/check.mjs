// `npm run check`: every check that needs no database, two at a time, the slowest first.
import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";
import { main, root, say, setup } from "./setup.mjs";

const CHECKS = [
  { name: "seeded violations", command: "vitest run tests/checks/seeded-violations.test.ts" },
  { name: "lint and types", command: "oxlint", help: "npx oxlint --fix mends what it can" },
  { name: "format", command: "prettier --check --log-level warn .", help: "npm run format mends it" },
  { name: "boundaries", command: "depcruise src --config .dependency-cruiser.cjs" },
  { name: "unused code", command: "knip" },
  { name: "architecture", command: "vitest run tests/architecture.test.ts" },
  { name: "texts", command: "vitest run tests/checks/texts.test.ts" },
];
/** What the machines that run this have (two cores); more only makes each slower. */
const AT_ONCE = 2;
/** Minutes on two cores (docs: CONTRIBUTING.md). */
const BUDGET_MINUTES = 2;

await main(async () => {
  await setup({ build: false });
  const started = Date.now();
  const waiting = [...CHECKS];
  const results = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let check = waiting.shift(); check; check = waiting.shift()) results.push(await runCheck(check));
    }),
  );

  for (const { name, ok, output, help } of results) {
    if (ok) continue;
    say(`\n──── ${name} ────\n${output.trim()}`);
    if (help) say(help);
  }
  say("");
  for (const { name, seconds, ok } of results)
    say(`${name.padEnd(20)}${seconds.padStart(6)} s  ${ok ? "ok" : "FAILED"}`);
  const seconds = (Date.now() - started) / 1000;
  const tooLong = seconds > BUDGET_MINUTES * 60;
  say(`${"in all".padEnd(20)}${seconds.toFixed(1).padStart(6)} s  ${tooLong ? "OVER THE BUDGET" : "ok"}`);
  return results.every(({ ok }) => ok) && !tooLong ? 0 : 1;
});

function runCheck(check) {
  const started = Date.now();
  const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env.PATH}`;
  return new Promise((resolve) => {
    let output = "";
    const env = {
      ...process.env,
      PATH: path,
      VENTANILLA_NO_DATABASE: "1",
      FORCE_COLOR: process.stderr.isTTY ? "1" : "0",
    };
    const child = spawn(check.command, { cwd: root, shell: true, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("close", (code) => {
      resolve({ ...check, ok: code === 0, output, seconds: ((Date.now() - started) / 1000).toFixed(1) });
    });
  });
}
