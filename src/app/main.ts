import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { httpSmsSender, httpVoiceSender } from "#channels/sms/http-sms-sender.ts";
import { smsCarrier } from "#channels/sms/carrier.ts";
import { smtpSender } from "#channels/email/smtp-sender.ts";
import { whatsappCarrier, whatsappSender } from "#channels/whatsapp/cloud-api.ts";
import { readConfig } from "#platform/config.ts";
import { readStamp } from "#platform/db/index.ts";
import { faultFields, openLog } from "#platform/log.ts";
import { createApplication } from "./application.ts";
import { drawsAside } from "./draws.ts";
import { keepKeyring } from "./keyring-process.ts";
import { openServices } from "./services.ts";
import { stopOnSignals } from "./signals.ts";

/**
 * Per cent of what lives by which the heap may grow before it is collected. By itself V8 lets requests that are over
 * pile up to three times what lives, since the machine has room; measured at the same processor time a booking, this
 * keeps a node under load at 280 MB where it had 440. A peak may still have all it needs.
 */
const HEAP_GROWTH_PERCENT = 80;
setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);

/** The server of an installation: real providers, a live database, nothing of development. */
const config = readConfig();
const dist = dirname(fileURLToPath(import.meta.url));
// In production the keys are never in this process: they are in the operator's keyring, or in one of our own.
const keyring =
  config.NODE_ENV === "production" && config.KEYRING_SOCKET === undefined
    ? await keepKeyring(join(dist, "keyring.js"), config, openLog(config.LOG_LEVEL))
    : undefined;
const services = openServices(keyring ? { ...config, KEYRING_SOCKET: keyring.socket } : config);
const stamp = await services.database.transaction("citizen_reader", {}, readStamp);
if (stamp !== "live") {
  process.stderr.write("This database is not stamped live. Make a new one with: npm run db:migrate\n");
  process.exit(1);
}
const { WHATSAPP_PHONE_ID: phoneId, WHATSAPP_SECRET: secret, WHATSAPP_VERIFY: verifyToken } = config;
const cloud = { url: config.WHATSAPP_URL, token: config.WHATSAPP_TOKEN ?? "" };
const senders = [
  ...(config.SMTP_URL ? [smtpSender(config.SMTP_URL, config.MAIL_FROM)] : []),
  ...(phoneId ? [whatsappSender({ ...cloud, phoneId, template: config.WHATSAPP_NOTICE })] : []),
  ...(config.SMS_URL
    ? [httpSmsSender(config.SMS_URL, config.SMS_TOKEN ?? ""), httpVoiceSender(config.SMS_URL, config.SMS_TOKEN ?? "")]
    : []),
];
const talk = {
  carriers: [
    ...(phoneId ? [whatsappCarrier({ ...cloud, phoneId, template: config.WHATSAPP_TEMPLATE })] : []),
    ...(config.SMS_URL ? [smsCarrier(config.SMS_URL, config.SMS_TOKEN ?? "")] : []),
  ],
  whatsapp: phoneId && secret && verifyToken ? { phoneId, secret, verifyToken } : undefined,
  smsSecret: config.SMS_SECRET,
  voiceSecret: config.VOICE_SECRET,
};
const draws = { kind: "weekly", advance: drawsAside(join(dist, "manage.js")) } as const;
const application = await createApplication({ config, services, senders, talk, dist, draws });
process.on("unhandledRejection", (error) => services.log.error("a promise was left alone", faultFields(error)));
const { port, internalPort } = await application.listen();
services.log.info("listening", { port });
services.log.info("health and metrics", { port: internalPort });
stopOnSignals(async () => {
  await application.close();
  await keyring?.close();
});
