import type { TalkChannel } from "#modules/conversations/index.ts";
import type { TestServices } from "#tests/support/database.ts";

/** What somebody hears or reads: the words, and the answers that are offered with the key of each. */
export interface Answer {
  readonly text: string;
  readonly choices: readonly { readonly key: string; readonly title: string }[];
}

/** One person on one channel, as far as she can tell: what she says, and what she is answered. */
export interface Talker {
  /** Messages, or turns of speech, each way so far. */
  readonly counts: { readonly in: number; readonly out: number };
  /** Says, types or keys it and waits for the answer. */
  say(text: string): Promise<Answer>;
  /** Takes the choice whose words begin so, as that channel has her take it. */
  choose(title: string): Promise<Answer>;
  /** What was answered last. */
  last(): Answer;
  /** Proves the number where the channel asks for it; nothing where it is proved by itself. */
  prove(): Promise<void>;
}

/** A channel under test, from the provider's protocol to the provider's protocol. */
export interface Driver {
  readonly name: string;
  readonly channel: TalkChannel;
  /** Messages each way that one person costs at the most, and each further person (issue: conversations). */
  readonly most: { readonly one: number; readonly further: number };
  /** Opens the channel over a database of the test's own; each talker is another person with another number. */
  open(services: TestServices): Promise<Line>;
}

export interface Line {
  talker(): Talker;
  close(): Promise<void>;
}

/** Words as they are compared: channels drop accents and change the case of nothing that matters. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
}

/** Has a person on it: counts what goes each way and takes choices by their words. */
export function talkerOver(wires: {
  readonly send: (text: string) => Promise<readonly Answer[]>;
  /** Where choices are touched; without it their key is written. */
  readonly touch?: (key: string, title: string) => Promise<readonly Answer[]>;
  readonly prove?: (talker: Talker) => Promise<void>;
}): Talker {
  const counts = { in: 0, out: 0 };
  let last: Answer = { text: "", choices: [] };
  const heard = (answers: readonly Answer[]): Answer => {
    counts.in++;
    counts.out += answers.length;
    const answer = answers.at(-1);
    if (!answer) throw new Error("nobody answered");
    return (last = answer);
  };
  const talker: Talker = {
    counts,
    last: () => last,
    say: async (text) => heard(await wires.send(text)),
    async choose(title) {
      const choice = last.choices.find((one) => folded(one.title).startsWith(folded(title)));
      if (!choice) throw new Error(`no choice ${title} in: ${last.choices.map((one) => one.title).join(" | ")}`);
      return heard(await (wires.touch ? wires.touch(choice.key, choice.title) : wires.send(choice.key)));
    },
    prove: () => wires.prove?.(talker) ?? Promise.resolve(),
  };
  return talker;
}
