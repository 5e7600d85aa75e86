import { loadReference } from "#modules/offices/index.ts";
import { seedTemplates } from "#modules/schedules/index.ts";
import { systemClock } from "#platform/clock.ts";
import { readConfig } from "#platform/config.ts";
import { migrate, NotOurs } from "#platform/db/index.ts";

/** `npm run db:migrate`: brings a live database, and the keyring's when it has one of its own, to this version and loads the network's files. */
const config = readConfig();
const ran = await migrate({
  url: config.DATABASE_URL,
  keyringUrl: config.KEYRING_DATABASE_URL,
  roleSecret: config.DATABASE_ROLE_SECRET,
  stamp: "live",
  directory: "db/migrations",
}).catch((error: unknown) => {
  if (!(error instanceof NotOurs)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
await loadReference({ url: config.DATABASE_URL, directory: "db/reference", invented: false, now: systemClock.now() });
await seedTemplates({ url: config.DATABASE_URL, now: systemClock.now() });
process.stdout.write(`${ran.length} migrations ran; the network's files are loaded.\n`);
