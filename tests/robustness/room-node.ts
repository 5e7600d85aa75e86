// A node of its own that leads one room by one step at a clock that is given, and is killed when it comes to sign its document.
import { leadRoom } from "#modules/room/commands/lead.ts";
import type { RoomId } from "#modules/room/index.ts";
import { operatorBeacon } from "#platform/beacon/index.ts";
import { fixedClock } from "#platform/clock.ts";
import { systemContext } from "#platform/context.ts";
import { openDatabase, roleUrl } from "#platform/db/index.ts";
import { openKeyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";

const { url, roleSecret, rootKey, now, room } = JSON.parse(process.argv[2]!) as Record<string, string>;
const clock = fixedClock(new Date(now!));
const keyring = openKeyring({
  url: roleUrl(url!, roleSecret!, "keyring"),
  rootKey: Buffer.from(rootKey!, "base64"),
  clock,
});
const services = {
  clock,
  database: openDatabase({ url: url!, roleSecret: roleSecret! }),
  keyring: {
    ...keyring,
    signPublic: (): Promise<never> => {
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
    },
  },
  log: silentLog,
  beacon: operatorBeacon(keyring),
  witnesses: [],
  lossCredit: false,
  publicOrigin: "http://localhost:8080",
};
await leadRoom(systemContext(services, "test"), room as RoomId);
await Promise.all([services.database.close(), keyring.close()]);
