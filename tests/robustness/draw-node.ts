// A node of its own that does what is due of every draw, or of closings, at a clock that is given, and may be killed at one of its statements.
import pg from "pg";
import { advanceDraws, type RequestId } from "#modules/allocation/index.ts";
import { acceptOffer, advanceClosings, bookDueOffers } from "#modules/booking/index.ts";
import type { ContactId } from "#kernel/ids.ts";
import { operatorBeacon } from "#platform/beacon/index.ts";
import { fixedClock } from "#platform/clock.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import { openDatabase, roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";
import type { WitnessAddress } from "#platform/witnesses.ts";

/** At the `nth` statement that has `matching` in it, counted from the first that has `since`. */
export interface Death {
  readonly matching: string;
  readonly when: "before" | "after";
  readonly nth?: number;
  readonly since?: string;
}
export interface NodeOptions {
  readonly url: string;
  readonly roleSecret: string;
  readonly rootKey: string;
  readonly now: string;
  readonly witnesses: readonly WitnessAddress[];
  readonly death?: Death;
  /** Closings alone. */
  readonly closings?: boolean;
  /** An offer to accept; otherwise the timetable's work. */
  readonly accept?: { readonly id: RequestId; readonly contactId: ContactId };
}

const options = JSON.parse(process.argv[2]!) as NodeOptions;
let statements = 0;
watch(options.death);

const clock = fixedClock(new Date(options.now));
const keyring = openKeyring({
  url: roleUrl(options.url, options.roleSecret, "keyring"),
  rootKey: Buffer.from(options.rootKey, "base64"),
  clock,
});
const services = {
  clock,
  keyring,
  database: openDatabase({ url: options.url, roleSecret: options.roleSecret }),
  log: silentLog,
  beacon: operatorBeacon(keyring),
  witnesses: options.witnesses,
  lossCredit: false,
  publicOrigin: "http://localhost:8080",
};
if (options.accept) {
  const { id, contactId } = options.accept;
  const actor = { kind: "citizen", sessionId: "a session", contactId } as const;
  const ctx = contextFor(services, { actor, channel: "web", purpose: "test", requestId: "accept", language: "es" });
  await acceptOffer(ctx, id, contactId);
} else if (options.closings) {
  await advanceClosings(systemContext(services, "test"));
} else {
  const ctx = systemContext(services, "test");
  // Each run takes one step of each draw.
  for (let step = 0; step < 3; step++) await advanceDraws(ctx);
  await bookDueOffers(ctx);
}
await Promise.all([services.database.close(), keyring.close()]);
process.stdout.write(String(statements));

function watch(death: Death | undefined): void {
  let [began, seen] = [death?.since === undefined, 0];
  const client = pg.Client.prototype as unknown as { query: (this: object, ...args: unknown[]) => unknown };
  const original = client.query;
  client.query = function (...args) {
    statements += 1;
    const [first] = args;
    const text = typeof first === "string" ? first : (first as { text: string }).text;
    const due = death !== undefined && began && text.includes(death.matching) && ++seen === (death.nth ?? 1);
    if (death?.since !== undefined && text.includes(death.since)) began = true;
    if (due && death.when === "before") process.kill(process.pid, "SIGKILL");
    const answer = original.apply(this, args);
    if (due) void Promise.resolve(answer).then(() => process.kill(process.pid, "SIGKILL"));
    return answer;
  };
}
