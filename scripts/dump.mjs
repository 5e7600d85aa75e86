// `npm run db:dump`: writes the schema of a freshly migrated database to db/schema.sql.
import { main, setup } from "./setup.mjs";

await main(async () => {
  await setup();
  process.setSourceMapsEnabled(true);
  await import("../dist/dump.js");
  return process.exitCode;
});
