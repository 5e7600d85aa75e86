import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { createApplication, type Application } from "#app/application.ts";
import { makeStaff } from "#dev/demo-world/staff.ts";
import { openOutbox, type KeptMessage } from "#dev/outbox.ts";
import { choosePort } from "#dev/ports.ts";
import { registerSignIn } from "#dev/sign-in.ts";
import { openPhone, PHONE_SECRET } from "#dev/phone.ts";
import { openWhatsapp } from "#dev/whatsapp.ts";
import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { StaffMember } from "#modules/people/index.ts";
import { adminQuery, withDatabaseName } from "./cluster.ts";
import { servicesOn, type TestServices } from "./database.ts";
import { aSession, FRESNO } from "./fixtures.ts";

const HOST = "127.0.0.1";
const LOS_ANGELES = "los-angeles" as OfficeId;
/** What the build made; `npm test` builds before it runs anything. */
const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
/** A message leaves after the answer to the browser, by the server's own hand. */
const MESSAGE_WAIT_MS = 10_000;

/** Ten in the morning in Fresno, on a Monday: the day on which every journey begins. */
export const MORNING = new Date("2026-11-23T18:00:00Z");
export const TODAY = "2026-11-23" as LocalDate;
/** Days with places, in the week after that Monday. */
export const OPEN_DAYS = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03"] as LocalDate[];

export interface TestApplication {
  readonly origin: string;
  readonly services: TestServices;
  readonly application: Application;
  /** Who may sign in by a button of the demonstration; the first is a clerk in Fresno. */
  readonly staff: readonly StaffMember[];
  /** Everything that was sent to an address, newest first. */
  messagesTo(address: string): readonly KeptMessage[];
  /** The newest message of a kind to an address, once more than `known` of them have left. */
  message(address: string, kind: KeptMessage["kind"], known?: number): Promise<KeptMessage>;
  close(): Promise<void>;
}

export interface TestApplicationOptions {
  readonly now?: Date;
  /** Another origin than the one that is listened on: how the server answers behind a proxy with TLS. */
  readonly publicOrigin?: string;
  /** With the telephones of the demonstration: /dev/whatsapp and /dev/telefono. */
  readonly whatsapp?: boolean;
}

/** The whole application over a database of its own, with places in two offices, a clock that stands still, and nobody else's post office. */
export async function openTestApplication(options: TestApplicationOptions = {}): Promise<TestApplication> {
  if (!existsSync(`${DIST}/console/index.html`))
    throw new Error("The journeys need what `npm run build` makes. Run it first.");
  const server = inject("databaseUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await adminQuery(server, `create database ${name} template ventanilla_template`);
  const port = await choosePort(HOST, "0", 0);
  const origin = `http://localhost:${port}`;
  const services: TestServices = {
    ...servicesOn(withDatabaseName(server, name), { now: options.now ?? MORNING }),
    publicOrigin: options.publicOrigin ?? origin,
  };
  await openPlaces(services);
  const staff = await makeStaff(services);
  const outbox = openOutbox(services.clock);
  const whatsapp = options.whatsapp ? openWhatsapp(origin, services.clock) : undefined;
  const application = await createApplication({
    config: { HOST, PORT: port, INTERNAL_HOST: HOST, INTERNAL_PORT: 0 },
    services,
    senders: outbox.senders,
    talk: whatsapp && { ...whatsapp.talk, voiceSecret: PHONE_SECRET },
    dist: DIST,
    extend: (web) => {
      whatsapp?.register(web, "/site.css");
      if (whatsapp) openPhone(services.publicOrigin).register(web, "/site.css");
      return registerSignIn(web, services, staff);
    },
  });
  await application.listen();
  return {
    origin,
    services,
    application,
    staff,
    messagesTo: (address) => outbox.list(address),
    async message(address, kind, known = 0) {
      const giveUp = Date.now() + MESSAGE_WAIT_MS;
      for (;;) {
        const found = outbox.list(address).filter((one) => one.kind === kind);
        if (found.length > known) return found[0]!;
        if (Date.now() > giveUp) throw new Error(`no message "${kind}" left within ${MESSAGE_WAIT_MS} ms`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async close() {
      await application.close();
      await adminQuery(server, `drop database ${name} with (force)`);
    },
  };
}

/** Documents and civil registry, mornings, in Fresno and Los Ángeles; Fresno also receives people on this very day. */
async function openPlaces(services: TestServices): Promise<void> {
  const morning = { opens: "08:00", steps: 20, counters: 4 };
  const civilRegistry = { ...morning, group: "registro_civil" as ServiceGroup, counters: 2 };
  await aSession(services, { ...morning, opens: "10:15", localDate: TODAY });
  for (const localDate of OPEN_DAYS) {
    for (const officeId of [FRESNO, LOS_ANGELES]) {
      await aSession(services, { ...morning, officeId, localDate });
      await aSession(services, { ...civilRegistry, officeId, localDate });
    }
  }
}
