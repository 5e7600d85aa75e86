import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { keepKeyring } from "#app/keyring-process.ts";
import type { LocalDate, OfficeId } from "#kernel/ids.ts";
import { systemClock } from "#platform/clock.ts";
import { roleUrl } from "#platform/db/index.ts";
import { connectKeyring, dayKey, openKeyring, peerToken, type Keyring } from "#platform/keyring/index.ts";
import { silentLog } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { median, print, quantile } from "./support/figures.ts";
import { keyringSettings, openWorld, ROLE_SECRET, ROOT_KEY } from "./support/world.ts";

const BENCH = "keyring";
const ROUNDS = 3;
const ROUND_MS = 1_500;
/** As many bookings are under way at once. */
const CLIENTS = 32;
/** What a family of two gives to be sealed and digested. */
const PEOPLE = 2;

/** One booking's calls, as `prepare` makes them. */
async function prepareOne(keyring: Keyring): Promise<void> {
  const under = dayKey("fresno" as OfficeId, "2026-12-03" as LocalDate, "2027-01-02" as LocalDate);
  const plain = JSON.stringify({ givenNames: "Persona Ficticia", firstSurname: "Prueba", bornOn: "1990-05-17" });
  await Promise.all([
    keyring.seal(
      Array.from({ length: PEOPLE + 1 }, () => ({ under, field: "booking.applicant", row: newId<string>(), plain })),
    ),
    keyring.digest("claim.name", [newId<string>(), newId<string>()]),
    keyring.digest("folio", [newId<string>()]),
  ]);
}

async function round(keyring: Keyring): Promise<{ perSecond: number; p99: number }> {
  const took: number[] = [];
  const started = performance.now();
  const end = started + ROUND_MS;
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() < end) {
        const since = performance.now();
        await prepareOne(keyring);
        took.push(performance.now() - since);
      }
    }),
  );
  return { perSecond: (took.length * 1_000) / (performance.now() - started), p99: quantile(took, 0.99) };
}

const world = await openWorld();
const program = join(dirname(fileURLToPath(import.meta.url)), "..", "keyring.js");
const beside = await keepKeyring(program, keyringSettings(world), silentLog);
const inside = openKeyring({
  url: roleUrl(world.url, ROLE_SECRET, "keyring"),
  rootKey: Buffer.from(ROOT_KEY, "base64"),
  clock: systemClock,
});
const socket = connectKeyring({ path: beside.socket, token: peerToken(ROLE_SECRET) });
for (const keyring of [inside, socket]) await round(keyring);
const measured = {
  inside: [] as Awaited<ReturnType<typeof round>>[],
  socket: [] as Awaited<ReturnType<typeof round>>[],
};
for (let i = 0; i < ROUNDS; i++) {
  measured.inside.push(await round(inside));
  measured.socket.push(await round(socket));
}
const of = (which: keyof typeof measured, figure: "perSecond" | "p99"): number =>
  median(measured[which].map((one) => one[figure]));
print({
  bench: BENCH,
  figure: "bookings sealed and digested through the socket",
  value: of("socket", "perSecond"),
  unit: "1/s",
  reference: of("inside", "perSecond"),
  aim: "≥ 3,000/s: more than the database books",
});
print({
  bench: BENCH,
  figure: "p99 of one, 32 at once",
  value: of("socket", "p99"),
  unit: "ms",
  reference: of("inside", "p99"),
  aim: null,
});
await Promise.all([socket.close(), inside.close()]);
await beside.close();
await world.close();
