import type { Language, SenderChannel, Wording } from "../types.ts";
import { mailOf } from "./mail.ts";
import { toGsm } from "./sms.ts";

/** The words of a message that says one thing and where it is seen. */
export interface NoticeWords {
  readonly subject: string;
  readonly opening: string;
  readonly ask: string;
  readonly linkText: string;
  readonly spoken: string;
  readonly sms: string;
  /** Who sent it; absent where not even that is told. */
  readonly from?: string;
}

/** One thing and one link, on every channel; what is spoken is said twice. */
export function renderNotice(channel: SenderChannel, language: Language, words: NoticeWords, link: string): Wording {
  switch (channel) {
    case "sms":
      return { text: toGsm(`${words.sms} ${link}`) };
    case "voice":
      return { text: `${words.spoken} ${words.spoken}` };
    case "email":
      return mailOf(language, words.subject, [
        { lines: [words.opening], strong: true },
        { lines: [words.ask], link: { text: words.linkText, url: link } },
        ...(words.from === undefined ? [] : [{ lines: [words.from], quiet: true }]),
      ]);
  }
}
