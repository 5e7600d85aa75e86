import { randomUUID } from "node:crypto";
import { HOUR_MS } from "#kernel/time.ts";
import { registerVoice, VOICE_WEBHOOK } from "#channels/voice/routes.ts";
import { callSignature } from "#channels/voice/signature.ts";
import { codeFor } from "#modules/conversations/conversations.fixtures.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import { talkerOver, type Answer, type Driver } from "./driver.ts";
import { aNumber } from "./gateway.ts";

const SECRET = "a secret of the test's own";

/** A call from the provider's signed turns to the TwiML that it is given: digits where there is a menu, words elsewhere. */
export const voiceDriver: Driver = {
  name: "the telephone",
  // The language comes first, and the code that proves the number is one more each way.
  most: { one: 14, further: 3 },
  async open(services) {
    const web = createHttpServer({ log: services.log, publicOrigin: services.publicOrigin });
    const picture = await buildSnapshot(services);
    await registerVoice(web, services, { secret: SECRET, talking: { availability: () => picture, carriers: [] } });

    async function turn(url: string, params: Record<string, string>): Promise<string> {
      const answered = await web.inject({
        method: "POST",
        url: url.slice(services.publicOrigin.length),
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          "x-twilio-signature": callSignature(SECRET, url, params),
        },
        payload: new URLSearchParams(params).toString(),
      });
      if (answered.statusCode !== 200) throw new Error(`the webhook said ${answered.statusCode}`);
      return answered.body;
    }

    return {
      talker() {
        const From = aNumber();
        let call = { CallSid: "", From };
        let heard = "";
        let at = services.clock.now();
        const say = async (text: string): Promise<readonly Answer[]> => {
          // Nobody holds a line for an hour: she calls again.
          if (heard === "" || services.clock.now().getTime() - at.getTime() > HOUR_MS) {
            call = { CallSid: `CA${randomUUID()}`, From };
            heard = await turn(`${services.publicOrigin}${VOICE_WEBHOOK}`, call);
            heard = await turn(actionIn(heard), { ...call, Digits: "1" });
            at = services.clock.now();
            // Her greeting is the language that she chose.
            if (/^(hola|buenas)/i.test(text)) return [readTwiml(heard)];
          }
          at = services.clock.now();
          const keyed = /^\d{1,10}$/.test(text);
          heard = await turn(actionIn(heard), { ...call, ...(keyed ? { Digits: text } : { SpeechResult: text }) });
          return [readTwiml(heard)];
        };
        return talkerOver({
          send: say,
          prove: async (talker) => void (await talker.say(await codeFor(services))),
        });
      },
      close: () => web.close(),
    };
  },
};

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const plain = (xml: string): string => xml.replace(/&(\w+);/g, (_, name: string) => ENTITIES[name]!);

export function actionIn(twiml: string): string {
  return plain(/<Gather[^>]* action="([^"]+)"/.exec(twiml)![1]!);
}

/** What a caller hears the first time that it is said, and what she may key. */
export function readTwiml(twiml: string): Answer {
  const before = twiml.split("<Gather")[0]!;
  const first = /<Gather[^>]*>(.*?)<\/Gather>/s.exec(twiml)![1]!;
  const lines = [...`${before}${first}`.matchAll(/<Say[^>]*>([^<]*)<\/Say>/g)].map((one) => plain(one[1]!));
  const choices = lines.flatMap((line) => {
    const choice = /^(.*)[:,] (?:marque|press) (\d)\.$/.exec(line);
    return choice ? [{ key: choice[2]!, title: choice[1]! }] : [];
  });
  // Danger is said before the words that it does not belong to.
  return { text: lines.filter((line) => !line.endsWith(" 0.")).join("\n"), choices };
}
