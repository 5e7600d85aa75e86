import type { OfficeId } from "#kernel/ids.ts";
import type { Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import type { OfficeNotice } from "../types.ts";

/**
 * `visits`: this changed at the office; without a party or a booking, anything may have. `care`: calls for help or
 * interpreters are other ones. `staff`: somebody's session may have ended.
 */
export type FeedEvent =
  | ({ readonly kind: "visits" } & Pick<OfficeNotice, "party" | "booking" | "emergencies" | "devices" | "wall">)
  | { readonly kind: "care" }
  | { readonly kind: "staff" };

/** One connection per node that hears every office; many listeners share it. */
export interface OfficeFeed {
  subscribe(officeId: OfficeId, listener: (event: FeedEvent) => void): () => void;
  close(): Promise<void>;
}

const RECONNECT_MS = 1_000;
/** A connection that died without a word is found out by asking. */
const PING_MS = 15_000;

type Connection = Awaited<ReturnType<Services["database"]["connect"]>>;

/** Opens the node's feed and keeps it open. After a gap every listener hears both events, for either may have been missed. */
export async function openOfficeFeed(services: Pick<Services, "database" | "log">): Promise<OfficeFeed> {
  const listeners = new Map<string, Set<(event: FeedEvent) => void>>();
  let connection: Connection | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let closed = false;
  const ping = setInterval(() => void connection?.query("select").catch(() => connection?.end()), PING_MS);
  await connect().catch(retry);

  return {
    subscribe(officeId, listener) {
      const own = listeners.get(officeId) ?? new Set();
      listeners.set(officeId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0 && listeners.get(officeId) === own) listeners.delete(officeId);
      };
    },
    async close() {
      closed = true;
      clearInterval(ping);
      clearTimeout(waiting);
      await connection?.end();
    },
  };

  async function connect(): Promise<void> {
    const opened = await services.database.connect("console");
    if (closed) return opened.end();
    connection = opened;
    opened.on("notification", ({ channel, payload }) => tell(channel, payload));
    opened.on("end", () => {
      connection = undefined;
      retry(undefined);
    });
    await opened.query("listen visits; listen care; listen staff");
  }

  function retry(fault: unknown): void {
    if (closed) return;
    if (fault !== undefined) services.log.warn("the feed of the offices could not be opened", faultFields(fault));
    clearTimeout(waiting);
    waiting = setTimeout(() => void connect().then(tellAll, retry), RECONNECT_MS);
  }

  function tell(channel: string, payload: string | undefined): void {
    if (channel === "visits") {
      const { officeId, ...notice } = noticeFrom(payload ?? "");
      for (const listener of listeners.get(officeId) ?? []) listener({ kind: "visits", ...notice });
    }
    if (channel === "care") for (const listener of listeners.get(payload ?? "") ?? []) listener({ kind: "care" });
    if (channel === "staff")
      for (const own of listeners.values()) for (const listener of own) listener({ kind: "staff" });
  }

  function tellAll(): void {
    for (const officeId of listeners.keys()) tell("visits", officeId);
    tell("staff", undefined);
  }
}

const TIMES = [
  "arrivedAt",
  "calledAt",
  "servedAt",
  "recordedAt",
  "doneAt",
  "settledAt",
  "dueAt",
  "stationSince",
  "parkedAt",
  "firstCalledAt",
] as const;

/** Instants travel as text. A payload that is an office's id alone says that anything may have changed. */
function noticeFrom(payload: string): OfficeNotice {
  if (!payload.startsWith("{")) return { officeId: payload as OfficeId };
  const notice = JSON.parse(payload) as OfficeNotice;
  if (!notice.party) return notice;
  const { visit } = notice.party;
  const times = Object.fromEntries(TIMES.map((name) => [name, visit[name] && new Date(visit[name])]));
  return { ...notice, party: { ...notice.party, visit: { ...visit, ...times } } };
}
