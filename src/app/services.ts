import { openBeacon } from "#platform/beacon/index.ts";
import { systemClock, type Clock } from "#platform/clock.ts";
import type { Config } from "#platform/config.ts";
import type { Services } from "#platform/context.ts";
import { openDatabase, roleUrl } from "#platform/db/index.ts";
import { connectKeyring, openKeyring, peerToken, type Keyring } from "#platform/keyring/index.ts";
import { faultFields, openLog } from "#platform/log.ts";

/** Opens what the machine offers, from the configuration. */
export function openServices(config: Config, clock: Clock = systemClock): Services {
  const log = openLog(config.LOG_LEVEL);
  const keyring = keyringOf(config, clock);
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

/** Of another process where the setting names its socket, else in this one. */
function keyringOf(config: Config, clock: Clock): Keyring {
  if (config.KEYRING_SOCKET !== undefined)
    return connectKeyring({ path: config.KEYRING_SOCKET, token: peerToken(config.DATABASE_ROLE_SECRET) });
  return openKeyring({
    url: roleUrl(config.KEYRING_DATABASE_URL ?? config.DATABASE_URL, config.DATABASE_ROLE_SECRET, "keyring"),
    rootKey: Buffer.from(config.KEYRING_ROOT_KEY ?? "", "base64"),
    clock,
  });
}
