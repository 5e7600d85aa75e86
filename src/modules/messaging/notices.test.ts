import { afterAll, beforeEach, expect, test } from "vitest";
import { receiveNotices } from "./commands/receive-notices.ts";
import { fakeSender, openMessaging } from "./messaging.fixtures.ts";
import type { Notice } from "./types.ts";

const messaging = await openMessaging();
const { services, aBooking, enqueue, send, messages } = messaging;
afterAll(() => services.close());
beforeEach(() => messaging.reset());

/** A confirmation that WhatsApp has taken. */
async function taken() {
  const [whatsapp, sms] = [fakeSender("whatsapp" as never), fakeSender("sms")];
  const { event } = await aBooking({ kind: "whatsapp", address: "+15595550141" });
  await enqueue(event("booking.confirmed"));
  await send(whatsapp, sms);
  expect(whatsapp.sent).toHaveLength(1);
  const { id } = (await messages())[0]!;
  const tell = (...states: Notice["state"][]) =>
    receiveNotices(
      messaging.context(),
      states.map((state) => ({ id, state })),
    );
  return { whatsapp, sms, tell, again: () => send(whatsapp, sms) };
}

test("what WhatsApp took and could not deliver goes by SMS, once", async () => {
  const { whatsapp, sms, tell, again } = await taken();
  await tell("sent", "failed", "failed", "sent");
  await again();
  await again();
  expect(whatsapp.sent).toHaveLength(1);
  expect(sms.sent).toHaveLength(1);
  await tell("failed");
  await again();
  expect(sms.sent).toHaveLength(1);
});

test("what was delivered is never sent again, whatever is told after", async () => {
  const { sms, tell, again } = await taken();
  await tell("delivered", "failed", "read", "sent");
  await again();
  expect(sms.sent).toEqual([]);
  expect(await messages()).toMatchObject([{ state: "sent" }]);
});
