// A node of its own that sends what is due, at a clock that is given, and may be killed at any instant.
import { whatsappSender } from "#channels/whatsapp/cloud-api.ts";
import { httpSmsSender } from "#channels/sms/http-sms-sender.ts";
import { sendDueMessages } from "#modules/messaging/index.ts";
import { operatorBeacon } from "#platform/beacon/index.ts";
import { fixedClock } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { openDatabase, roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";

/** What a sending node is started with. */
export interface SenderOptions {
  readonly url: string;
  readonly roleSecret: string;
  readonly rootKey: string;
  readonly now: string;
  readonly providers: string;
  /** Milliseconds after which WhatsApp counts as away. */
  readonly silenceMs: number;
}

const options = JSON.parse(process.argv[2]!) as SenderOptions;
const clock = fixedClock(new Date(options.now));
const url = roleUrl(options.url, options.roleSecret, "keyring");
const keyring = openKeyring({ url, rootKey: Buffer.from(options.rootKey, "base64"), clock });
const services = {
  clock,
  keyring,
  database: openDatabase({ url: options.url, roleSecret: options.roleSecret }),
  log: silentLog,
  beacon: operatorBeacon(keyring),
  witnesses: [],
  lossCredit: false,
  publicOrigin: "http://localhost:8080",
};
const { providers, silenceMs } = options;
const api = { url: `${providers}/whatsapp`, phoneId: "100200300", token: "t", template: "aviso", silenceMs };
await sendDueMessages(systemContext(services, "test"), [whatsappSender(api), httpSmsSender(`${providers}/sms`, "t")]);
await Promise.all([services.database.close(), keyring.close()]);
