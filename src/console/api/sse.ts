/** One message of a stream of server-sent events. A comment (the heartbeat) comes as an event without data. */
export interface StreamMessage {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Cuts a stream of text into messages, whatever way the network cut it into pieces. */
export function messageReader(receive: (message: StreamMessage | "heartbeat") => void): (chunk: string) => void {
  let rest = "";
  let id: string | undefined;
  let event = "message";
  let data: string[] = [];

  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) takeLine(line);
  };

  function takeLine(line: string): void {
    if (line === "") {
      if (data.length > 0 || event !== "message") receive({ id, event, data: data.join("\n") });
      event = "message";
      data = [];
      return;
    }
    if (line.startsWith(":")) {
      receive("heartbeat");
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") id = value;
    else if (field === "event") event = value;
    else if (field === "data") data.push(value);
  }
}
