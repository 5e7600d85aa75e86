import fastify from "fastify";
import { expect, test } from "vitest";
import { sendTagged, tag } from "./index.ts";

const JSON_TYPE = "application/json; charset=utf-8";
const kept = tag('{"places":2}');
const app = fastify();
app.get("/kept", (request, reply) => sendTagged(request, reply, kept, { type: JSON_TYPE, caching: "public" }));
const ask = (held?: string) =>
  app.inject({ url: "/kept", headers: held === undefined ? {} : { "if-none-match": held } });

test("goes out whole with its tag", async () => {
  const reply = await ask();
  expect([reply.statusCode, reply.body]).toEqual([200, '{"places":2}']);
  expect(reply.headers).toMatchObject({ etag: kept.etag, "cache-control": "public", "content-type": JSON_TYPE });
  expect(kept.etag).toMatch(/^"[\w-]{22}"$/);
});

test("is told from any other content", () => {
  expect(tag('{"places":3}').etag).not.toBe(kept.etag);
});

test.each([kept.etag, `W/${kept.etag}`, `"other", ${kept.etag}`, `"other",W/${kept.etag}`, "*"])(
  "is not sent again to whoever has %s",
  async (held) => {
    const reply = await ask(held);
    expect([reply.statusCode, reply.body, reply.headers["etag"]]).toEqual([304, "", kept.etag]);
  },
);

// The last two contain the tag, and are another one.
test.each(["", '"other"', kept.etag.slice(1, -1), `"x${kept.etag.slice(1)}`, `"x" ${kept.etag}`])(
  "is sent to whoever has %s",
  async (held) => expect((await ask(held)).statusCode).toBe(200),
);
