import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createApplication } from "#app/application.ts";
import { keepKeyring } from "#app/keyring-process.ts";
import { openServices } from "#app/services.ts";
import { assetsFrom } from "#channels/web/web.ts";
import { loadReference } from "#modules/offices/index.ts";
import { seedTemplates } from "#modules/schedules/index.ts";
import { migrate, NotOurs, refuseForeignRoles } from "#platform/db/index.ts";
import { faultFields, openLog } from "#platform/log.ts";
import type { WitnessAddress } from "#platform/witnesses.ts";
import { withDatabase } from "./admin.ts";
import { movableClock } from "./clock.ts";
import { prepareDatabase } from "./database.ts";
import { openMade, type Made } from "./demo-world/made.ts";
import { makeFarWorld, makeNearWorld, type World } from "./demo-world/world.ts";
import { openOutbox } from "./outbox.ts";
import { Plain } from "./plain.ts";
import { choosePort } from "./ports.ts";
import { startPostgres } from "./postgres/launcher.ts";
import { registerDev } from "./routes.ts";
import { markRunning } from "./running.ts";
import { readSecrets } from "./secrets.ts";
import { demoConfig, listenerHost } from "./settings.ts";
import { openPhone, PHONE_SECRET } from "./phone.ts";
import { openWhatsapp } from "./whatsapp.ts";
import { startDemoWitnesses } from "./witnesses.ts";

const DATABASE_NAME = "ventanilla";
const FIRST_PORT = 8080;
const FIRST_INTERNAL_PORT = 9090;

export interface StartOptions {
  /** Folder of the checkout. */
  readonly root: string;
  /** Folder of what the build made. */
  readonly dist: string;
  /** Folder in which this checkout keeps its keys and says that it runs. */
  readonly state: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly say: (sentence: string) => void;
  /** Told what to close, newest last, as soon as there is something: a start may be interrupted. */
  readonly onOpen: (close: () => Promise<unknown>) => void;
}

export interface Development {
  readonly origin: string;
  readonly internalOrigin: string;
  readonly world: World;
  readonly witnesses: readonly WitnessAddress[];
  /** Resolves when what was put off until after the first answer is done too. */
  readonly settled: Promise<void>;
}

/** Everything that `npm start` promises: PostgreSQL, schema, network, demo world, the application, and the pages under /dev. */
export async function startDevelopment(options: StartOptions): Promise<Development> {
  const { root, dist, environment, say, onOpen } = options;
  const host = listenerHost(environment);
  const running = await markRunning(options.state);
  onOpen(() => running.end());
  const port = await choosePort(host, environment["PORT"], FIRST_PORT);
  const internalPort = await choosePort(host, environment["INTERNAL_PORT"], FIRST_INTERNAL_PORT);

  const kept = await readSecrets(options.state);
  const secrets = {
    roleSecret: environment["DATABASE_ROLE_SECRET"] || kept.roleSecret,
    rootKey: environment["KEYRING_ROOT_KEY"] || kept.rootKey,
  };
  const databaseUrl = await openDatabaseServer(options);
  await prepareDatabase(databaseUrl);
  if (environment["DATABASE_URL"]) await refuseForeignRoles(databaseUrl, secrets.roleSecret);
  const ran = await migrate({
    url: databaseUrl,
    roleSecret: secrets.roleSecret,
    stamp: "demo",
    directory: join(root, "db/migrations"),
  }).catch((error: Error) => {
    if (error instanceof NotOurs) throw error;
    throw new Plain(
      `The database could not be brought to this version: ${error.message}. To start over with an empty one, remove ${options.state}`,
    );
  });
  if (ran.length > 0) say(`The database is ready (${ran.length} migrations ran).`);
  const made = await openMade(databaseUrl);
  await loadNetwork(made, databaseUrl, join(root, "db/reference"));

  const clock = movableClock();
  const outbox = openOutbox(clock);
  const config = demoConfig(environment, { databaseUrl, secrets, host, port, internalPort });
  const program = join(dist, "dev-keyring.js");
  const keyring = existsSync(program) ? await keepKeyring(program, config, openLog(config.LOG_LEVEL)) : undefined;
  if (keyring) {
    onOpen(() => keyring.close());
    clock.onMove((aheadMs) => keyring.tell(String(aheadMs)));
  }
  const opened = openServices(keyring ? { ...config, KEYRING_SOCKET: keyring.socket } : config, clock);
  let closeServices: () => Promise<unknown> = () => Promise.all([opened.database.close(), opened.keyring.close()]);
  onOpen(() => closeServices());
  // As the draw's papers name their signer.
  const operator = { name: new URL(opened.publicOrigin).host, key: await opened.keyring.publicKey("draw") };
  const witnesses = await startDemoWitnesses({ state: options.state, operator, clock, onOpen });
  const services = { ...opened, witnesses };
  const internalOrigin = `http://localhost:${internalPort}`;
  const world = await makeNearWorld(services, made, say);
  // By its own listener: the simulator is the provider, over a real connection.
  const whatsapp = openWhatsapp(`http://localhost:${port}`, clock);
  const application = await createApplication({
    config,
    services,
    senders: outbox.senders,
    talk: { ...whatsapp.talk, voiceSecret: PHONE_SECRET },
    draws: { kind: "demo" },
    dist,
    extend: (web, parts) => {
      const { css } = assetsFrom(dist);
      registerDev(web, parts, { clock, outbox, world, css, internalOrigin });
      whatsapp.register(web, css);
      openPhone(services.publicOrigin).register(web, css);
    },
  });
  let closing = false;
  closeServices = () => {
    closing = true;
    return application.close();
  };
  await application.listen();
  await running.at(config.PUBLIC_ORIGIN);

  const settled = (async () => {
    // The timetable fills the calendar to its horizon.
    await application.timetable.tick();
    await makeFarWorld(services, made, world);
    await application.refreshSnapshot();
  })().catch((error: unknown) => {
    if (!closing)
      services.log.warn("the demo world is not complete; the next start goes on with it", faultFields(error));
  });
  return { origin: config.PUBLIC_ORIGIN, internalOrigin, world, witnesses, settled };
}

async function openDatabaseServer({ environment, say, onOpen }: StartOptions): Promise<string> {
  if (environment["DATABASE_URL"]) return environment["DATABASE_URL"];
  say("Starting PostgreSQL …");
  const server = await startPostgres({ purpose: "dev" });
  onOpen(() => server.stop());
  return withDatabase(server.url, DATABASE_NAME);
}

/** Offices, services and calendars, when their files are not the ones that were loaded last. */
async function loadNetwork(made: Made, url: string, directory: string): Promise<void> {
  const hash = createHash("sha256");
  for (const name of (await readdir(directory)).sort()) hash.update(name).update(await readFile(join(directory, name)));
  const now = new Date();
  await made.once(`reference ${hash.digest("hex").slice(0, 16)}`, async () => {
    await loadReference({ url, directory, invented: true, now });
    return seedTemplates({ url, now, directory });
  });
}
