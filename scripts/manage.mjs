// `npm run manage -- COMMAND`: the first administrator, and the change of digest keys.
import { main, setup } from "./setup.mjs";

await main(async () => {
  await setup();
  process.setSourceMapsEnabled(true);
  await import("../dist/manage.js");
  return process.exitCode;
});
