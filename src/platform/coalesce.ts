import type { Database, Scope, Tx } from "./db/index.ts";
import { CommitUnknown, type PathRole } from "./db/index.ts";

export interface CoalesceOptions<In, Out> {
  readonly database: Database;
  readonly role: PathRole;
  readonly scope?: Scope;
  /** The command, written once, for many. Answers in the order of its inputs; a refusal is an answer. */
  readonly many: (tx: Tx, inputs: readonly In[]) => Promise<readonly Out[]>;
  /** After a connection died at commit: what became of each, by its own key; undefined where nothing did. */
  readonly resolve?: (inputs: readonly In[]) => Promise<readonly (Out | undefined)[]>;
  /** True for a look-up of one statement: it needs no transaction of its own. */
  readonly reads?: boolean;
  /** As of a transaction. */
  readonly mayBeLost?: boolean;
  /** Most commands of one transaction. */
  readonly most?: number;
  /** Most transactions under way at once; another begins only while the others are held up. */
  readonly lanes?: number;
}

/** More in one transaction would make the last of them wait without saving much (engineering 2). */
const MOST_PER_BATCH = 256;
const LANES = 2;
/**
 * Milliseconds after which a batch counts as held up, by a lock or a slow disk, and the next one no
 * longer waits for it. Before that it waits: one large batch costs a third less than two half as large.
 */
const HELD_UP_MS = 50;
/** More than this waiting is a refusal to queue, so that memory and waiting time stay bounded. */
const MOST_WAITING = 4_096;

export class Overloaded extends Error {
  constructor() {
    super("too many commands are waiting");
    this.name = "Overloaded";
  }
}

interface Waiting<In, Out> {
  readonly input: In;
  readonly settle: (out: Out) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Turns a command for many into one for one caller. What arrives while the previous commit is under
 * way is the next batch: there is no timer, and a lone command never waits for company.
 */
export function coalesce<In, Out>(
  options: CoalesceOptions<In, Out>,
): ((input: In) => Promise<Out>) & { idle(): Promise<void> } {
  const most = options.most ?? MOST_PER_BATCH;
  const lanes = options.lanes ?? LANES;
  const queue: Waiting<In, Out>[] = [];
  let busy = 0;
  let heldUp = 0;
  let whenIdle: (() => void)[] = [];

  const once = (batch: readonly Waiting<In, Out>[], patient: boolean): Promise<readonly Out[]> => {
    const work = (tx: Tx): Promise<readonly Out[]> =>
      options.many(
        tx,
        batch.map((one) => one.input),
      );
    return options.reads
      ? options.database.reading(options.role, work)
      : options.database.transaction(options.role, options.scope ?? {}, work, {
          patient,
          mayBeLost: options.mayBeLost === true,
        });
  };

  async function commit(batch: readonly Waiting<In, Out>[], patient = false): Promise<void> {
    try {
      const outs = await once(batch, patient);
      batch.forEach((one, i) => one.settle(outs[i]!));
    } catch (error) {
      if (error instanceof CommitUnknown) await resolveUnknown(batch, error);
      else if (!patient) await oneByOne(batch);
      else batch.forEach((one) => one.fail(error));
    }
  }

  /** Nothing was committed. Only the command that is at fault may fail; its neighbours are run again without it. */
  async function oneByOne(batch: readonly Waiting<In, Out>[]): Promise<void> {
    for (const one of batch) await commit([one], true);
  }

  /** The connection died: a command may have been committed or not, and its key knows (security 8). */
  async function resolveUnknown(batch: readonly Waiting<In, Out>[], error: unknown): Promise<void> {
    try {
      const found = (await options.resolve?.(batch.map((one) => one.input))) ?? [];
      batch.forEach((one, i) => (found[i] === undefined ? one.fail(error) : one.settle(found[i])));
    } catch {
      batch.forEach((one) => one.fail(error));
    }
  }

  function pump(): void {
    while (busy <= heldUp && busy < lanes && queue.length > 0) {
      busy += 1;
      let isHeldUp = false;
      const timer = setTimeout(() => {
        isHeldUp = true;
        heldUp += 1;
        pump();
      }, HELD_UP_MS);
      void commit(queue.splice(0, most)).finally(() => {
        clearTimeout(timer);
        if (isHeldUp) heldUp -= 1;
        busy -= 1;
        pump();
      });
    }
    if (busy === 0 && queue.length === 0) {
      for (const resume of whenIdle) resume();
      whenIdle = [];
    }
  }

  const submit = (input: In): Promise<Out> =>
    new Promise((settle, fail) => {
      if (queue.length >= MOST_WAITING) return fail(new Overloaded());
      queue.push({ input, settle, fail });
      // A turn of the event loop gathers what arrived in the same read of the sockets.
      if (busy <= heldUp && busy < lanes) setImmediate(pump);
    });
  return Object.assign(submit, {
    idle: () => new Promise<void>((resume) => (busy === 0 && queue.length === 0 ? resume() : whenIdle.push(resume))),
  });
}
