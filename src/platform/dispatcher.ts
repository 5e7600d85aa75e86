import { faultFields } from "./log.ts";
import { systemContext, type Context, type Services, type Tx } from "./context.ts";
import { claimEvents, markEventsDone, markEventsFailed, type StoredEvent } from "./outbox.ts";

/** What happens because something happened. Its writes and the mark "done" are one transaction. */
export type Reaction = (ctx: Context, tx: Tx, events: readonly StoredEvent[]) => Promise<void>;
export type Subscriptions = Readonly<Record<string, readonly Reaction[]>>;

export interface Dispatcher {
  /** Reacts to everything that waits; resolves when nothing does. */
  drain(): Promise<void>;
  /** Says that something was announced, so that nobody waits for the next look. */
  poke(): void;
  stop(): Promise<void>;
}

/** How often a node looks for events that another node or a crash left behind. */
const LOOK_EVERY_MS = 1_000;

export function startDispatcher(
  services: Services,
  subscriptions: Subscriptions,
  options: { automatic: boolean } = { automatic: true },
): Dispatcher {
  let running: Promise<void> = Promise.resolve();
  let queued = false;
  let stopped = false;

  async function drainOnce(): Promise<void> {
    queued = false;
    while (!stopped) {
      const { claimed, failed } = await react(services, subscriptions);
      if (claimed === 0 || failed) return;
    }
  }
  const drain = (): Promise<void> => {
    if (queued) return running;
    queued = true;
    return (running = running.then(drainOnce).catch((error: unknown) => {
      services.log.warn("events could not be read", faultFields(error));
    }));
  };
  const timer = options.automatic ? setInterval(() => void drain(), LOOK_EVERY_MS) : undefined;
  return {
    drain,
    poke: () => void drain(),
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** One claim. When a reaction fails everything of this claim is undone and each of its events counts one failure. */
async function react(services: Services, subscriptions: Subscriptions): Promise<{ claimed: number; failed: boolean }> {
  const ctx = systemContext(services, "reaction");
  let claimed: StoredEvent[] = [];
  try {
    const work = async (tx: Tx): Promise<void> => {
      claimed = await claimEvents(tx, ctx.now);
      for (const name of new Set(claimed.map((event) => event.name))) {
        const events = claimed.filter((event) => event.name === name);
        for (const reaction of subscriptions[name] ?? []) await reaction(ctx, tx, events);
      }
      await markEventsDone(
        tx,
        claimed.map((event) => event.id),
        ctx.now,
      );
    };
    // The marks and what was done go together: what a dying machine forgets is reacted to again.
    await services.database.transaction("worker", {}, work, { mayBeLost: true });
    return { claimed: claimed.length, failed: false };
  } catch (error) {
    const { code, errorName } = faultFields(error);
    services.log.error("a reaction failed and will be tried again", {
      event: claimed[0]?.name ?? "",
      count: claimed.length,
      ...faultFields(error),
    });
    await services.database.transaction("worker", {}, (tx) =>
      markEventsFailed(
        tx,
        claimed.map((event) => event.id),
        code ?? errorName ?? "unknown",
        ctx.now,
      ),
    );
    return { claimed: claimed.length, failed: true };
  }
}
