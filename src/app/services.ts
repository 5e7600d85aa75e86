import { openBeacon } from "#platform/beacon/index.ts";
import { systemClock, type Clock } from "#platform/clock.ts";
import type { Config } from "#platform/config.ts";
import type { Services } from "#platform/context.ts";
import { openDatabase, roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { faultFields, openLog } from "#platform/log.ts";

/** Opens what the machine offers, from the configuration. */
export function openServices(config: Config, clock: Clock = systemClock): Services {
  const log = openLog(config.LOG_LEVEL);
  const keyringUrl = roleUrl(
    config.KEYRING_DATABASE_URL ?? config.DATABASE_URL,
    config.DATABASE_ROLE_SECRET,
    "keyring",
  );
  const keyring = openKeyring({ url: keyringUrl, rootKey: Buffer.from(config.KEYRING_ROOT_KEY, "base64"), clock });
  return {
    clock,
    log,
    beacon: openBeacon(config.BEACON, { keyring, log }),
    witnesses: config.WITNESSES,
    lossCredit: config.LOSS_CREDIT === "on",
    unlimited: config.LIMITS === "off",
    publicOrigin: config.PUBLIC_ORIGIN.replace(/\/$/, ""),
    database: openDatabase({
      url: config.DATABASE_URL,
      roleSecret: config.DATABASE_ROLE_SECRET,
      onError: (role, error) => log.warn("a connection was lost", { role, ...faultFields(error) }),
    }),
    keyring,
  };
}
