import type { Clock } from "#platform/clock.ts";
import { readKeyringConfig } from "#platform/config.ts";
import { roleUrl } from "#platform/db/index.ts";
import { KEYS_A_MINUTE, openKeyring, peerToken, serveKeyring, unwrapBrake } from "#platform/keyring/index.ts";
import { openLog } from "#platform/log.ts";
import { stopOnSignals } from "./signals.ts";

/** The process of the keys, by the settings of its environment: serves its socket until it is told to stop. */
export async function runKeyring(clock: Clock): Promise<void> {
  const config = readKeyringConfig();
  const log = openLog(config.LOG_LEVEL);
  const brake = unwrapBrake({
    aMinute: KEYS_A_MINUTE,
    nowMs: () => performance.now(),
    alarm: (count) => log.error("more keys were asked for than a busy day needs", { code: "too_many_keys", count }),
  });
  const server = await serveKeyring({
    keyring: openKeyring({
      url: roleUrl(config.KEYRING_DATABASE_URL ?? config.DATABASE_URL, config.DATABASE_ROLE_SECRET, "keyring"),
      rootKey: Buffer.from(config.KEYRING_ROOT_KEY, "base64"),
      clock,
      brake,
    }),
    path: config.KEYRING_SOCKET,
    token: peerToken(config.DATABASE_ROLE_SECRET),
    log,
  });
  log.info("the keyring listens");
  stopOnSignals(() => server.close());
  // Started by a server of ours it has its pipe, and ends with it however that ends; an operator's has none.
  if (process.argv.includes("--with-parent")) process.stdin.on("close", () => process.exit(0)).resume();
}
