import { randomUUID } from "node:crypto";
import { signatureOf } from "#channels/common/signature.ts";
import { smsCarrier } from "#channels/sms/carrier.ts";
import { registerSms, SMS_WEBHOOK } from "#channels/sms/inbound.ts";
import { codeFor } from "#modules/conversations/conversations.fixtures.ts";
import { converse } from "#modules/conversations/index.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { systemContext } from "#platform/context.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { talkerOver, type Answer, type Driver } from "./driver.ts";
import { aGateway, aNumber } from "./gateway.ts";

const SECRET = "a secret of the test's own";

/** SMS from the gateway's signed hand-over to what the gateway is given: everything is letters. */
export const smsDriver: Driver = {
  name: "SMS",
  channel: "sms",
  // The code that proves the number is one more each way.
  most: { one: 13, further: 3 },
  async open(services) {
    const gateway = await aGateway();
    const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
    await registerSms(web, services, SECRET);
    const carriers = [smsCarrier(gateway.url, "t")];
    const picture = await buildSnapshot(services);
    const desk = { availability: () => picture, carriers };

    async function post(from: string, text: string): Promise<readonly Answer[]> {
      const before = gateway.taken(from).length;
      const stamp = String(Math.floor(services.clock.now().getTime() / 1_000));
      const payload = Buffer.from(JSON.stringify({ id: randomUUID(), from, text }));
      const signature = signatureOf(SECRET, Buffer.concat([Buffer.from(`${stamp}.`), payload]));
      const headers = { "content-type": "application/json", "x-timestamp": stamp, "x-signature": signature };
      const answered = await web.inject({ method: "POST", url: SMS_WEBHOOK, headers, payload });
      if (answered.statusCode !== 200) throw new Error(`the webhook said ${answered.statusCode}`);
      await converse(systemContext(services, "conversation"), desk);
      return gateway
        .taken(from)
        .slice(before)
        .map(({ text: words }) => readOf(String(words)));
    }

    return {
      talker() {
        const number = aNumber();
        return talkerOver({
          send: (text) => post(number, text),
          prove: async (talker) => void (await talker.say(await codeFor(services))),
        });
      },
      close: () => gateway.close(),
    };
  },
};

/** The numbered lines of a message are its choices. */
function readOf(text: string): Answer {
  const lines = text.split("\n").map((line) => /^(\d) (.+)$/.exec(line));
  return { text, choices: lines.flatMap((line) => (line ? [{ key: line[1]!, title: line[2]! }] : [])) };
}
