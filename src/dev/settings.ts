import { readConfig, type Config } from "#platform/config.ts";
import { Plain } from "./plain.ts";
import type { Secrets } from "./secrets.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const PROVIDERS = ["SMTP_URL", "SMS_URL", "SMS_TOKEN", "WHATSAPP_TOKEN"] as const;
const DEFAULT_HOST = "127.0.0.1";

/** Where to listen. A demo database has public codes and open doors for staff, so nobody else's computer may reach it. */
export function listenerHost(environment: Environment): string {
  const provider = PROVIDERS.find((name) => environment[name]);
  if (provider !== undefined)
    throw new Plain(
      `npm start sends nothing to real providers. Unset ${provider}, or use npm run serve with a live database.`,
    );
  const host = environment["HOST"] || DEFAULT_HOST;
  if (!LOOPBACK.has(host))
    throw new Plain(
      `npm start listens on this computer alone: HOST=${host} is refused. Use npm run serve with a live database.`,
    );
  return host;
}

/** The configuration of a development server: its own keys, a plain origin that browsers treat as safe, a quiet log. */
export function demoConfig(
  environment: Environment,
  given: { databaseUrl: string; secrets: Secrets; host: string; port: number; internalPort: number },
): Config {
  const { databaseUrl, secrets, host, port, internalPort } = given;
  return readConfig({
    NODE_ENV: "development",
    DATABASE_URL: databaseUrl,
    DATABASE_ROLE_SECRET: secrets.roleSecret,
    KEYRING_ROOT_KEY: secrets.rootKey,
    // Passkeys work at a name, not at an address made of numbers.
    PUBLIC_ORIGIN: `http://localhost:${port}`,
    HOST: host,
    PORT: String(port),
    INTERNAL_PORT: String(internalPort),
    // A newcomer's computer may have no network, and the demo must not wait for it.
    BEACON: environment["BEACON"] ?? "operator",
    LOG_LEVEL: environment["LOG_LEVEL"] ?? "warn",
  });
}
