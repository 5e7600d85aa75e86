import { randomUUID } from "node:crypto";
import { codeDigits } from "#modules/people/index.ts";
import { buildSnapshot, type Availability } from "#modules/schedules/index.ts";
import { contextFor, systemContext } from "#platform/context.ts";
import type { TestServices } from "#tests/support/database.ts";
import { receiveMessages } from "./commands/receive.ts";
import { converse } from "./jobs.ts";
import type { Carrier, OutgoingReply, Prompt, Said, TalkChannel } from "./types.ts";

/** A person with a telephone: writes, and reads what is answered. */
export interface Phone {
  readonly address: string;
  /** Messages sent and received so far. */
  readonly counts: { in: number; out: number };
  /** Says it on that channel and waits for the answer. */
  say(text: string, channel?: TalkChannel): Promise<Prompt>;
  send(said: Said, channel?: TalkChannel): Promise<Prompt>;
  /** Touches the choice that means that, by the text of its title's beginning. */
  pick(title: string): Promise<Prompt>;
  last(): Prompt;
}

export interface Line {
  phone(address?: string, channel?: TalkChannel): Phone;
  /** Everything that was carried, in order. */
  readonly carried: readonly OutgoingReply[];
  readonly carriers: readonly Carrier[];
  availability(): Availability;
  refresh(): Promise<void>;
}

let numbers = 0;
/** A fictional number, another each time. */
export const aNumber = (): string => `+1559555${String(1000 + numbers++).padStart(4, "0")}`;

/** Conversations over a database of the test's own, with carriers that keep what they are given. */
export async function openLine(services: TestServices): Promise<Line> {
  let availability: Availability = await buildSnapshot(services);
  const carried: OutgoingReply[] = [];
  const carrier = (channel: TalkChannel): Carrier => ({
    channel,
    carry: (reply) => {
      carried.push(reply);
      return Promise.resolve({ ok: true, ref: `ref-${reply.id}` });
    },
  });
  const line = {
    carried,
    carriers: [carrier("whatsapp"), carrier("sms")],
    availability: () => availability,
    refresh: async () => void (availability = await buildSnapshot(services)),
  };
  return { ...line, phone: (address = aNumber(), channel = "whatsapp") => aPhone(services, line, address, channel) };
}

function aPhone(services: TestServices, line: Omit<Line, "phone">, address: string, usual: TalkChannel): Phone {
  const counts = { in: 0, out: 0 };
  let last: Prompt | undefined;
  const own = () => line.carried.filter(({ to }) => to === address);
  const phone: Phone = {
    address,
    counts,
    last: () => last!,
    async send(said, channel = usual) {
      const before = own().length;
      counts.in++;
      const ctx = contextFor(services, {
        actor: { kind: "system" },
        channel,
        purpose: "conversation",
        requestId: randomUUID(),
        language: "es",
      });
      const incoming = { channel, messageId: randomUUID(), address, saidAt: services.clock.now(), said };
      await receiveMessages(ctx, [incoming]);
      await converse(systemContext(services, "conversation"), line);
      const answers = own().slice(before);
      counts.out += answers.length;
      if (answers.length === 0) throw new Error("nobody answered");
      return (last = answers.at(-1)!.prompt);
    },
    say: (text, channel) => phone.send({ kind: "text", text }, channel),
    pick(title) {
      const choice = last?.choices.find((one) => one.title.startsWith(title) || one.value === title);
      if (!choice) throw new Error(`no choice ${title} in: ${last?.choices.map((one) => one.title).join(" | ")}`);
      // By SMS nothing can be touched: the number is written.
      return usual === "sms" ? phone.say(choice.key) : phone.send({ kind: "pick", turn: last!.turn, key: choice.key });
    },
  };
  return phone;
}

/** The code that was sent to a number by SMS, as whoever holds it reads it. */
export async function codeFor(services: TestServices): Promise<string> {
  const [code] = await services.adminQuery<{ id: string }>(
    "select id from people.codes where used_at is null order by created_at desc limit 1",
  );
  if (!code) throw new Error("no code was asked for");
  return codeDigits(services, code.id);
}
