import { expect, test } from "vitest";
import { fixedClock } from "#platform/clock.ts";
import type { RenderedMessage } from "#modules/messaging/index.ts";
import { openOutbox } from "./outbox.ts";
import { outboxPage } from "./pages/outbox-page.tsx";

const message = (number: number, change: Partial<RenderedMessage> = {}): RenderedMessage => ({
  id: `m${number}`,
  to: "a@correo.example",
  kind: "confirmed",
  language: "es",
  text: `Mensaje ${number}`,
  ...change,
});
const open = () => {
  const outbox = openOutbox(fixedClock(new Date("2026-12-03T16:00:00Z")));
  const [email, sms, voice] = outbox.senders;
  return { outbox, email: email!, sms: sms!, voice: voice! };
};

test("keeps the last 500 of every channel, newest first", async () => {
  const { outbox, email, sms, voice } = open();
  expect([email.channel, sms.channel, voice.channel]).toEqual(["email", "sms", "voice"]);
  for (let i = 1; i <= 510; i += 1) expect(await [email, sms, voice][i % 3]!.send(message(i))).toEqual({ ok: true });
  expect(outbox.list()).toHaveLength(500);
  expect(
    outbox
      .list()
      .map((one) => one.id)
      .slice(0, 2),
  ).toEqual(["m510", "m509"]);
  expect(outbox.find("m10")).toBeUndefined();
});

test("keeps a repeated message once, as a provider delivers it", async () => {
  const { outbox, sms } = open();
  await sms.send(message(1));
  await sms.send(message(1));
  expect(outbox.list()).toHaveLength(1);
});

test("shows messages of one contact, with links that work and no markup of theirs", async () => {
  const { outbox, email, sms } = open();
  await email.send(
    message(1, {
      subject: "Su <b>cita</b>",
      text: "Ábrala: http://localhost:8080/c/a-b_c\nGracias",
      html: "<p>Ábrala</p>",
    }),
  );
  await sms.send(message(2, { to: "+15595550123" }));
  const mine = outbox.list("a@correo.example");
  expect(mine.map((one) => one.id)).toEqual(["m1"]);
  const html = outboxPage({ css: "/site.css", messages: mine, to: "a@correo.example", paused: false });
  expect(html).toContain('<a href="http://localhost:8080/c/a-b_c">');
  expect(html).toContain("Su &lt;b&gt;cita&lt;/b&gt;");
  expect(html).toContain('href="/dev/buzon/m1"');
  expect(html).toContain('http-equiv="refresh"');
  expect(outboxPage({ css: "/site.css", messages: mine, to: undefined, paused: true })).not.toContain(
    'http-equiv="refresh"',
  );
});
