import type { Carrier } from "#modules/conversations/index.ts";
import { postToGateway } from "./http-sms-sender.ts";
import { renderSms } from "./render.ts";

/** Answers people by SMS, through the same gateway as every other message. */
export function smsCarrier(url: string, token: string): Carrier {
  return {
    channel: "sms",
    carry: ({ id, to, prompt }) => postToGateway(url, token, { id, body: { to, text: renderSms(prompt) } }),
  };
}
