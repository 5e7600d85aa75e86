import { randomUUID } from "node:crypto";
import { HOUR_MS } from "#kernel/time.ts";
import { registerVoice, VOICE_WEBHOOK } from "#channels/voice/routes.ts";
import { callSignature } from "#channels/voice/signature.ts";
import { codeFor } from "#modules/conversations/conversations.fixtures.ts";
import { buildSnapshot } from "#modules/schedules/index.ts";
import { createHttpServer } from "#platform/http/index.ts";
import type { TestServices } from "#tests/support/database.ts";
import { folded, talkerOver, type Answer, type Driver } from "./driver.ts";
import { aNumber } from "./gateway.ts";

const SECRET = "a secret of the test's own";

/** The telephone's side of a provider: calls that go from turn to turn. */
export interface Switchboard {
  call(From: string): PhoneCall;
  close(): Promise<void>;
}
export interface PhoneCall {
  /** Answers the question which language. */
  keys(digit: string): Promise<string>;
  /** Keys digits, says anything else. */
  says(text: string): Promise<string>;
  choose(title: string): Promise<string>;
  last(): Answer;
}

export async function aSwitchboard(services: TestServices): Promise<Switchboard> {
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
    call(From) {
      const own = { CallSid: `CA${randomUUID()}`, From };
      let heard = "";
      const says = async (text: string): Promise<string> => {
        const keyed = /^\d{1,10}$/.test(text);
        heard = await turn(actionIn(heard), { ...own, ...(keyed ? { Digits: text } : { SpeechResult: text }) });
        return readTwiml(heard).text;
      };
      return {
        async keys(digit) {
          heard = await turn(`${services.publicOrigin}${VOICE_WEBHOOK}`, own);
          return says(digit);
        },
        says,
        choose(title) {
          const { choices } = readTwiml(heard);
          const choice = choices.find((one) => folded(one.title).startsWith(folded(title)));
          if (!choice) throw new Error(`no choice ${title} in: ${choices.map((one) => one.title).join(" | ")}`);
          return says(choice.key);
        },
        last: () => readTwiml(heard),
      };
    },
    close: () => web.close(),
  };
}

/** A call from the provider's signed turns to the TwiML that it is given: digits where there is a menu, words elsewhere. */
export const voiceDriver: Driver = {
  name: "the telephone",
  channel: "phone",
  // The language comes first, and the code that proves the number is one more each way.
  most: { one: 14, further: 3 },
  async open(services) {
    const board = await aSwitchboard(services);
    return {
      talker() {
        const From = aNumber();
        let call: PhoneCall | undefined;
        let at = services.clock.now();
        const send = async (text: string): Promise<readonly Answer[]> => {
          // Nobody holds a line for an hour: she calls again.
          const isOver = services.clock.now().getTime() - at.getTime() > HOUR_MS;
          at = services.clock.now();
          if (!call || isOver) {
            const comesBack = call !== undefined;
            call = board.call(From);
            await call.keys(comesBack ? "3" : "1");
            // What was said before is told to nobody who only claims the number.
            if (comesBack) await call.says(await codeFor(services));
            // Her greeting is the language that she chose.
            if (/^(hola|buenas)/i.test(text)) return [call.last()];
          }
          await call.says(text);
          return [call.last()];
        };
        return talkerOver({ send, prove: async (talker) => void (await talker.say(await codeFor(services))) });
      },
      close: () => board.close(),
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
