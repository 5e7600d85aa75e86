import { createInterface } from "node:readline";
import { runKeyring } from "#app/run-keyring.ts";

/**
 * The keyring of `npm start`. Its clock is the demo's: each line of its standard input says by how many milliseconds that
 * one is ahead of the machine's. The program of an installation reads nothing there.
 */
let aheadMs = 0;
createInterface({ input: process.stdin }).on("line", (line) => {
  const told = Number(line);
  if (Number.isSafeInteger(told)) aheadMs = told;
});
await runKeyring({ now: () => new Date(Date.now() + aheadMs) });
