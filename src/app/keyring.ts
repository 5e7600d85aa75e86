import { systemClock } from "#platform/clock.ts";
import { runKeyring } from "./run-keyring.ts";

/**
 * `npm run keyring`: the only process that has the root key, behind a socket of the file system (decision 0042). Its clock
 * is the machine's, and nobody can set it.
 */
await runKeyring(systemClock);
