import { join } from "node:path";
import type { ClusterDirectory, Purpose } from "./directory.ts";

/** sockaddr_un holds 104 bytes on macOS and 108 on Linux, the closing zero included. */
const SOCKET_PATH_BYTES = 103;

export type Settings = Readonly<Record<string, string>>;

/**
 * PostgreSQL repeats rows, keys and parameters in its log unless every one of these says otherwise. Even the terse text
 * of an error may quote a value (`invalid input syntax`), so errors of statements go to the client alone.
 */
const QUIET_LOG: Settings = {
  log_destination: "stderr",
  logging_collector: "off",
  log_min_messages: "log",
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
  log_statement: "none",
  log_parameter_max_length_on_error: "0",
  log_min_duration_statement: "-1",
  log_line_prefix: "%m [%p] ",
};

/**
 * A test cluster need not outlive the machine, so nothing is forced to the disk. Commits stay synchronous: a killed
 * PostgreSQL still keeps what it confirmed, at no cost while fsync is off.
 */
const FORGETFUL: Settings = { fsync: "off", full_page_writes: "off" };

export function serverSettings(
  directory: ClusterDirectory,
  purpose: Purpose,
  port: number,
  chosen: Settings,
): Settings {
  const socket = Buffer.byteLength(join(directory.data, ".s.PGSQL.65535")) <= SOCKET_PATH_BYTES;
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: socket ? directory.data : "",
    max_connections: "200",
    timezone: "UTC",
    log_timezone: "UTC",
    ...QUIET_LOG,
    ...(purpose === "test" ? FORGETFUL : {}),
    ...chosen,
  };
}

export function asArguments(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
