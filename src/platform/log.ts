import pino from "pino";

/**
 * What a log line may say: codes, ids of requests, counts and durations. A field that is not in this
 * list does not exist for the log, so that nobody's name can slip into it (security T15).
 */
export interface LogFields {
  readonly requestId?: string;
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly code?: string;
  readonly task?: string;
  readonly event?: string;
  readonly count?: number;
  readonly role?: string;
  readonly port?: number;
  readonly officeId?: string;
  readonly errorName?: string;
  readonly stack?: string;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const FIELDS = [
  "requestId",
  "route",
  "method",
  "status",
  "durationMs",
  "code",
  "task",
  "event",
  "count",
  "role",
  "port",
  "officeId",
  "errorName",
  "stack",
] as const satisfies readonly (keyof LogFields)[];

export function openLog(level: string): Log {
  const logger = pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime });
  const write = (at: "info" | "warn" | "error") => (message: string, fields?: LogFields) => {
    const allowed: Record<string, unknown> = {};
    for (const field of FIELDS) if (fields?.[field] !== undefined) allowed[field] = fields[field];
    logger[at](allowed, message);
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What of a fault may be logged: its kind, the server's code and where it was thrown, never its message, which may repeat a value. */
export function faultFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .join("\n");
  return { errorName: error.name, ...(code === undefined ? {} : { code }), stack: frames };
}
