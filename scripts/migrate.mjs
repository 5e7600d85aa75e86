// `npm run db:migrate`: brings the database that the configuration names up to date.
import { main, setup } from "./setup.mjs";

await main(async () => {
  await setup();
  process.setSourceMapsEnabled(true);
  await import("../dist/migrate.js");
  return process.exitCode;
});
