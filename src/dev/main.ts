import { announce } from "./announce.ts";
import { runProgram } from "./program.ts";

/** `npm start`: a demo installation on this computer alone. */
await runProgram(true, async ({ start }) => void process.stdout.write(announce(await start())));
