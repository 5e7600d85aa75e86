import { describe, expect, it } from "vitest";
import { messageReader, type StreamMessage } from "./sse.ts";

function read(...chunks: string[]): (StreamMessage | "heartbeat")[] {
  const received: (StreamMessage | "heartbeat")[] = [];
  const take = messageReader((message) => received.push(message));
  chunks.forEach(take);
  return received;
}

describe("the reader of server-sent events", () => {
  const stream = 'id: 41\nevent: visit\ndata: {"a":1}\n\n: beat\nid: 42\ndata: x\ndata: y\n\n';
  const expected = [
    { id: "41", event: "visit", data: '{"a":1}' },
    "heartbeat",
    { id: "42", event: "message", data: "x\ny" },
  ];

  it("reads messages, ids and heartbeats", () => {
    expect(read(stream)).toEqual(expected);
  });

  it("reads the same however the network cuts it", () => {
    for (let size = 1; size < 12; size++)
      expect(read(...(stream.match(new RegExp(`[^]{1,${size}}`, "g")) ?? []))).toEqual(expected);
  });

  it("keeps the last id for messages without one, and waits for the end of a message", () => {
    expect(read("id: 7\ndata: a\n\nevent: revoked\n\ndata: half")).toEqual([
      { id: "7", event: "message", data: "a" },
      { id: "7", event: "revoked", data: "" },
    ]);
  });
});
