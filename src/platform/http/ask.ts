/** What a server of somebody else's answered, or why there is no answer. */
export type Answered =
  | { readonly ok: true; readonly status: number; readonly type: string; readonly text: string }
  | { readonly ok: false; readonly code: "timeout" | "unreachable" | "too_large" };

export interface AskOptions {
  readonly method?: "GET" | "POST";
  readonly body?: string;
  /** From the first byte sent to the last one received, in milliseconds. */
  readonly timeoutMs: number;
  /** Most that is read of the answer, after decompression. */
  readonly maxBytes: number;
}

/** Asks a server that is not believed: it can neither keep us waiting, fill the memory, nor send us elsewhere. */
export async function ask(url: string, { method = "GET", body, timeoutMs, maxBytes }: AskOptions): Promise<Answered> {
  try {
    // A redirect is an answer like any other, and never followed: only the address that was configured is asked.
    const answer = await fetch(url, { method, body, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of answer.body ?? []) {
      length += (part as Uint8Array).length;
      // Leaving the loop closes the connection.
      if (length > maxBytes) return { ok: false, code: "too_large" };
      parts.push(part);
    }
    const text = Buffer.concat(parts).toString("utf8");
    return { ok: true, status: answer.status, type: answer.headers.get("content-type") ?? "", text };
  } catch (error) {
    const slow = error instanceof Error && error.name === "TimeoutError";
    return { ok: false, code: slow ? "timeout" : "unreachable" };
  }
}
