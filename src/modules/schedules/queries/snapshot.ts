import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { HOUR_MS, MINUTE_MS } from "#kernel/time.ts";
import type { OfficeId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { etagOf } from "#platform/etag.ts";
import { faultFields } from "#platform/log.ts";
import { MIN_LEAD_HOURS, pictureOf } from "../rules/snapshot.ts";
import { networkDocument, officeDocument } from "../rules/snapshot-document.ts";
import { countCells } from "../store/snapshot.ts";
import type { Snapshot, SnapshotDocument } from "../types.ts";

/** Smaller costs more time than these few kilobytes are worth. */
const BROTLI_QUALITY = 6;
/** How often the clock is looked at; the picture changes once a minute of that clock, wherever it is moved. */
const LOOK_MS = 1_000;

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

type Needed = Pick<Services, "database" | "clock">;

/** Counts the network once and prepares its documents; `previous` is the picture that the public saw until now. */
export async function buildSnapshot(services: Needed, previous?: Snapshot): Promise<Snapshot> {
  const builtAt = services.clock.now();
  const from = new Date(builtAt.getTime() + MIN_LEAD_HOURS * HOUR_MS);
  const cells = await services.database.transaction("citizen_reader", {}, (tx) => countCells(tx, from));
  const availability = pictureOf(cells, builtAt, previous);
  const texts: [OfficeId | undefined, string][] = [[undefined, networkDocument(availability)]];
  for (const [id, office] of availability.offices) texts.push([id, officeDocument(id, office)]);
  const documents = new Map<OfficeId | undefined, SnapshotDocument>();
  for (const [id, text] of texts) documents.set(id, await documentOf(text, builtAt, previous?.document(id)));
  return { ...availability, document: (officeId) => documents.get(officeId) };
}

export interface LiveSnapshot {
  current(): Snapshot;
  /** Builds at once, for whoever has just filled an empty database. */
  refresh(): Promise<Snapshot>;
  stop(): Promise<void>;
}

/** Keeps one picture for the whole process and replaces it at each full minute. Resolves when the first one is there. */
export async function startSnapshot(services: Needed & Pick<Services, "log">): Promise<LiveSnapshot> {
  let current = await buildSnapshot(services);
  let building: Promise<unknown> | undefined;
  let lookedAt = minuteOf(current.builtAt);

  const refresh = async (): Promise<Snapshot> => {
    await building;
    const next = buildSnapshot(services, current);
    building = next.catch(() => undefined).then(() => (building = undefined));
    return (current = await next);
  };
  const look = (): void => {
    const minute = minuteOf(services.clock.now());
    if (minute === lookedAt || building !== undefined) return;
    lookedAt = minute;
    refresh().catch((error: unknown) =>
      services.log.warn("the snapshot could not be rebuilt; the last one stands", faultFields(error)),
    );
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    current: () => current,
    refresh,
    async stop() {
      clearInterval(timer);
      await building;
    },
  };
}

async function documentOf(
  text: string,
  builtAt: Date,
  previous: SnapshotDocument | undefined,
): Promise<SnapshotDocument> {
  const body = Buffer.from(text);
  const etag = etagOf(body);
  if (previous?.etag === etag) return { ...previous, builtAt };
  const [br, zipped] = await Promise.all([
    compressBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
    compressGzip(body),
  ]);
  return { etag, body, br, gzip: zipped, builtAt };
}

function minuteOf(instant: Date): number {
  return Math.floor(instant.getTime() / MINUTE_MS);
}
