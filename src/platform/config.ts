import { z } from "zod";

/**
 * Everything that differs between installations, read once from the environment and frozen. What an
 * office may change (hours, limits, texts) is data in the database, not configuration.
 */
/** Names and keys as the opening notice of a draw writes them (docs/verify.md). */
const witness = z.object({
  name: z.string().regex(/^[^\s+]+$/),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  url: z.url({ protocol: /^https?$/ }),
});
const port = z.coerce.number().int().min(0).max(65535);
export const configSchema = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("production")
    .describe("development loosens nothing but the demands below"),
  DATABASE_URL: z.url().describe("postgres://…; user and password are used by migrations only"),
  DATABASE_ROLE_SECRET: z
    .string()
    .min(32)
    .describe("at least 32 characters; the passwords of the login roles derive from it"),
  KEYRING_DATABASE_URL: z
    .url()
    .optional()
    .describe("database of the keyring when it has one of its own; user and password are used by migrations only"),
  KEYRING_ROOT_KEY: z
    .base64()
    .length(44)
    .optional()
    .describe(
      "32 random bytes in base64; without it nothing personal can be read again; needed unless KEYRING_SOCKET is set",
    ),
  KEYRING_SOCKET: z
    .string()
    .optional()
    .describe(
      "socket of the keyring that runs as a process of its own (npm run keyring), which alone has the root key",
    ),
  PUBLIC_ORIGIN: z.url().describe("https://… as people type it; cookies and passkeys belong to it"),
  HOST: z.string().default("127.0.0.1").describe("address of the public listener"),
  PORT: port.default(8080).describe("port of the public listener; 0 takes any free one"),
  INTERNAL_HOST: z.string().default("127.0.0.1").describe("address of the internal listener: health and metrics"),
  INTERNAL_PORT: port.default(9090).describe("port of the internal listener"),
  TRUSTED_PROXY: z.string().optional().describe("address or CIDR whose X-Forwarded-For is believed"),
  TLS_CERT: z.string().optional().describe("file of the certificate chain, for a server without a proxy"),
  TLS_KEY: z.string().optional().describe("file of the private key"),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("smtp://user:password@host:587; without it no e-mail leaves"),
  MAIL_FROM: z.string().default("Citas del consulado <citas@localhost>").describe("sender of e-mail"),
  SMS_URL: z
    .url()
    .optional()
    .describe("gateway that takes POST {to, text} with a bearer token; without it no SMS leaves"),
  SMS_TOKEN: z.string().optional().describe("bearer token of the SMS gateway"),
  SMS_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe("shared with the SMS gateway: it signs what it hands over; without it no SMS is taken in"),
  VOICE_SECRET: z
    .string()
    .min(16)
    .optional()
    .describe("token of the telephone provider: it signs its calls with it; without it no call is answered"),
  WHATSAPP_URL: z.url().default("https://graph.facebook.com/v23.0").describe("Cloud API of WhatsApp, with its version"),
  WHATSAPP_PHONE_ID: z
    .string()
    .regex(/^\d{5,20}$/)
    .optional()
    .describe("id of our number there; without it nothing is said on WhatsApp"),
  WHATSAPP_TOKEN: z.string().optional().describe("access token of the app"),
  WHATSAPP_SECRET: z.string().min(16).optional().describe("app secret, by which its webhooks are signed"),
  WHATSAPP_VERIFY: z
    .string()
    .min(16)
    .optional()
    .describe("token of our choice that the app is registered with; without it no webhook is taken in"),
  WHATSAPP_TEMPLATE: z
    .string()
    .regex(/^[a-z0-9_]{1,100}$/)
    .default("continuar_conversacion")
    .describe("approved template that is sent when 24 hours have passed since the person wrote"),
  WHATSAPP_NOTICE: z
    .string()
    .regex(/^[a-z0-9_]{1,100}$/)
    .default("aviso_cita")
    .describe("approved template with one text, in which what we have to tell goes out by WhatsApp"),
  BEACON: z
    .enum(["drand", "operator"])
    .default("drand")
    .describe("where draws get randomness; operator is for an installation without network, and nobody can verify it"),
  WITNESSES: z
    .string()
    .default("[]")
    .transform((text, ctx): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue("no JSON");
        return z.NEVER;
      }
    })
    .pipe(z.array(witness).refine((list) => new Set(list.map(({ key }) => key)).size === list.length))
    .describe("witnesses of draws, JSON: [{name, key, url}]; verifiers ask for two outside the operator"),
  AUDITORS: z
    .string()
    .regex(/^(age1[0-9a-z]{58}(,age1[0-9a-z]{58})*)?$/)
    .default("")
    .transform((text) => text.split(",").filter((key) => key !== ""))
    .describe("age public keys of those who may see a draw's rows at once, with commas between them"),
  LOSS_CREDIT: z
    .enum(["off", "on"])
    .default("off")
    .describe("on: whoever lost two draws with a broad request goes before others in the next; each opening says so"),
  LIMITS: z
    .enum(["on", "off"])
    .default("on")
    .describe("off: nothing is limited by rate; only for measuring what limits cost"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("least important line that is logged"),
});
export type Config = Readonly<z.infer<typeof configSchema>>;

/** Reads the environment. Throws one sentence that names every wrong variable and never its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))];
    throw new Error(`configuration: set ${wrong.join(", ")} (see .env.example)`);
  }
  const config = parsed.data;
  if (config.KEYRING_ROOT_KEY === undefined && config.KEYRING_SOCKET === undefined)
    throw new Error("configuration: set KEYRING_ROOT_KEY or KEYRING_SOCKET (see .env.example)");
  if (config.NODE_ENV === "production" && !config.PUBLIC_ORIGIN.startsWith("https://")) {
    throw new Error("configuration: PUBLIC_ORIGIN must be https in production (see .env.example)");
  }
  return Object.freeze(config);
}

const keyringSchema = configSchema
  .pick({ DATABASE_URL: true, DATABASE_ROLE_SECRET: true, KEYRING_DATABASE_URL: true, LOG_LEVEL: true })
  .extend({ KEYRING_ROOT_KEY: z.base64().length(44), KEYRING_SOCKET: z.string().min(1) });

/** What the process of the keyring needs of the environment, and nothing else. */
export function readKeyringConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<z.infer<typeof keyringSchema>> {
  const parsed = keyringSchema.safeParse(
    Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== "")),
  );
  if (parsed.success) return Object.freeze(parsed.data);
  const wrong = [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))];
  throw new Error(`configuration: set ${wrong.join(", ")} (see .env.example)`);
}
