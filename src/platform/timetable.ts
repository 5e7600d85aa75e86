import { rows, run, sql, type Tx } from "./db/index.ts";
import { faultFields } from "./log.ts";
import { systemContext, type Context, type Services } from "./context.ts";
import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";

/** Work that is due at known instants, once over all nodes. */
export interface Task {
  readonly name: string;
  /** The latest instant not after `now` at which the task was due. */
  readonly dueAt: (now: Date) => Date;
  /** What works through a backlog looks between two portions whether the node is `stopping`, and leaves the rest to the next run. */
  readonly run: (ctx: Context, stopping?: AbortSignal) => Promise<unknown>;
  /** May take minutes: it runs beside the other tasks, so that none of those waits for it. */
  readonly long?: true;
}

/** Due each `minutes` minutes from midnight UTC, `offsetMinutes` later. */
export function every(minutes: number, offsetMinutes = 0): Task["dueAt"] {
  return (now) => {
    const step = minutes * MINUTE_MS;
    const offset = offsetMinutes * MINUTE_MS;
    return new Date(Math.floor((now.getTime() - offset) / step) * step + offset);
  };
}

/** A run that its node did not finish in this time is taken over by another. */
const ABANDONED_AFTER_MS = 10 * MINUTE_MS;
const MOST_ATTEMPTS = 6;
/** Seconds before the first retry; the second waits four times as long, and so on: six tries take about ten minutes. */
const RETRY_SECONDS = 10;
const TICK_MS = 1_000;

export interface Timetable {
  /** Runs whatever is due now and was not run by any node. */
  tick(): Promise<void>;
  stop(): Promise<void>;
}

/** What a node knows of a task's latest run, so that it does not ask the database each second. */
interface Known {
  readonly dueAt: Date;
  /** Until then nothing can have changed that would make it this node's turn. */
  readonly until: number;
}

/**
 * Why not a job queue: the work is a dozen sweeps at known times, the row is the guard, and it obeys
 * the same clock as everything else (decision 0006).
 */
export function startTimetable(
  services: Services,
  tasks: readonly Task[],
  options: { automatic: boolean } = { automatic: true },
): Timetable {
  const known = new Map<Task, Known>();
  const stopping = new AbortController();

  async function runIfDue(task: Task): Promise<void> {
    const now = services.clock.now();
    const dueAt = task.dueAt(now);
    const before = known.get(task);
    if (before?.dueAt.getTime() === dueAt.getTime() && now.getTime() < before.until) return;
    const asked = { dueAt, until: now.getTime() + RETRY_SECONDS * SECOND_MS };
    const mine = await services.database.transaction("worker", {}, (tx) => claimRun(tx, task.name, dueAt, now));
    known.set(task, asked);
    if (!mine) return;
    let errorCode: string | null = null;
    try {
      await task.run(systemContext(services, task.name), stopping.signal);
    } catch (error) {
      errorCode = faultFields(error).code ?? faultFields(error).errorName ?? "unknown";
      services.log.error("a task failed and will be tried again", { task: task.name, ...faultFields(error) });
    }
    await services.database.transaction("worker", {}, (tx) =>
      endRun(tx, task.name, dueAt, services.clock.now(), errorCode),
    );
    if (errorCode === null) known.set(task, { dueAt, until: Infinity });
  }

  async function runAll(some: readonly Task[]): Promise<void> {
    for (const task of some) {
      if (stopping.signal.aborted) return;
      await runIfDue(task).catch((error: unknown) =>
        services.log.warn("the timetable could not be read", { task: task.name, ...faultFields(error) }),
      );
    }
  }

  /** One look after another; while one is still to come, a further one would see nothing else. */
  function lane(own: readonly Task[]): () => Promise<void> {
    let running: Promise<void> = Promise.resolve();
    let waiting = false;
    return () => {
      if (waiting) return running;
      waiting = true;
      return (running = running.then(() => {
        waiting = false;
        return runAll(own);
      }));
    };
  }
  const lanes = [lane(tasks.filter((task) => !task.long)), lane(tasks.filter((task) => task.long))];
  const tick = async (): Promise<void> => {
    for (const look of lanes) await look();
  };
  const lookAround = (): void => lanes.forEach((look) => void look());
  const timer = options.automatic ? setInterval(lookAround, TICK_MS) : undefined;
  return {
    tick,
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await Promise.all(lanes.map((look) => look()));
    },
  };
}

async function claimRun(tx: Tx, task: string, dueAt: Date, now: Date): Promise<boolean> {
  const claimed = await rows(
    tx,
    sql`insert into platform.timetable_runs as r (task, due_at, started_at, attempts) values (${task}, ${dueAt}, ${now}, 1)
        on conflict (task, due_at) do update set started_at = excluded.started_at, attempts = r.attempts + 1, error_code = null
        where r.finished_at is null and r.attempts < ${MOST_ATTEMPTS}
          and (r.error_code is not null and r.started_at < ${now}::timestamptz - r.attempts * r.attempts * ${RETRY_SECONDS} * interval '1 second' or r.started_at < ${new Date(now.getTime() - ABANDONED_AFTER_MS)})
        returning task`,
  );
  return claimed.length > 0;
}

async function endRun(tx: Tx, task: string, dueAt: Date, now: Date, errorCode: string | null): Promise<void> {
  await run(
    tx,
    sql`update platform.timetable_runs set finished_at = ${errorCode === null ? now : null}, error_code = ${errorCode} where task = ${task} and due_at = ${dueAt}`,
  );
}

export async function deleteRunsBefore(tx: Tx, before: Date): Promise<number> {
  return run(tx, sql`delete from platform.timetable_runs where due_at < ${before}`);
}
