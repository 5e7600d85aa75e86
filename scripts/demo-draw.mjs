// `npm run demo:draw`: a whole draw in a minute, in the demo that `npm start` runs, or in one of its own.
import { join } from "node:path";
import { main, root, run, setup } from "./setup.mjs";

await main(async () => {
  await setup();
  return run(process.execPath, ["--enable-source-maps", join(root, "dist/demo-draw.js")]);
});
