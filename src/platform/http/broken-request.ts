import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { PROBLEM_TYPE, problemText } from "./problem.ts";

const ANSWERS: Readonly<Record<string, readonly [status: number, code: string, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "too_slow", "The request did not arrive in time. Send it again."],
  HPE_HEADER_OVERFLOW: [431, "headers_too_large", "Send fewer or shorter headers and cookies."],
};
const OTHERWISE = [400, "broken_request", "This is no well-formed HTTP/1.1 request. Send it again."] as const;

/** What Node could not read as a request never reaches a route; it is answered all the same, and the connection ends. */
export function answerBrokenRequest(
  headers: readonly (readonly [string, string])[],
): (error: Error & { code?: string }, socket: Socket) => void {
  return (error, socket) => {
    if (error.code !== "ECONNRESET" && socket.writable) {
      const [status, code, detail] = ANSWERS[error.code ?? ""] ?? OTHERWISE;
      const body = problemText(status, code, detail);
      const head = [
        ["content-type", PROBLEM_TYPE],
        ["content-length", String(Buffer.byteLength(body))],
        ["connection", "close"],
        ...headers,
      ];
      socket.write(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
      );
    }
    socket.destroy();
  };
}
