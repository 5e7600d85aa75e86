import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTicket } from "../commands/tickets.ts";
import { aContact, aKeyring, aLog, aRoom, aSeed, join, OPENS_AT, type Joined } from "../room.fixtures.ts";
import type { Rank, RankId, RoomId, Ticket } from "../types.ts";
import { judgeTurn, parseTicket, ticketText, type TurnAsked } from "./tickets.ts";
import { ticketLeaf } from "./log.ts";
import { rankOf } from "./rank.ts";

const room = aRoom();
const keyring = aKeyring();
const EVERYBODY = `00000000${"f".repeat(16)}` as Rank;
const family = await join(room, ["mother", "daughter", "son"], OPENS_AT - 60_000);

function asking(joined: Pick<Joined, "ticket">, change: Partial<TurnAsked> = {}): TurnAsked {
  const { ticket } = joined;
  return {
    room,
    now: OPENS_AT + 60_000,
    ticket,
    logged: true,
    seed: aSeed(room, ticket.loggedIn).seed,
    admitted: EVERYBODY,
    party: ticket.persons.map((one) => [one]),
    ...change,
  };
}
const answer = (change: Partial<TurnAsked> = {}) => {
  const outcome = judgeTurn(asking(family, change));
  return outcome.ok ? "taken" : outcome.refusal.code;
};

describe("a token", () => {
  test("is read by every node for its contact, and by nobody for another one", async () => {
    expect(await readTicket(keyring, family.token, family.contactId)).toEqual(family.ticket);
    expect(await readTicket(keyring, family.token, aContact())).toBeUndefined();
    expect(await readTicket(aKeyring("another"), family.token, family.contactId)).toBeUndefined();
  });

  test("is worthless with any one character changed, taken away or added", async () => {
    const { token, contactId } = family;
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === "0" ? "1" : "0";
      for (const changed of [
        token.slice(0, i) + other + token.slice(i + 1),
        token.slice(0, i) + token.slice(i + 1),
        `${token.slice(0, i)}${other}${token.slice(i)}`,
      ])
        expect(await readTicket(keyring, changed, contactId)).toBeUndefined();
    }
  });

  test("is worthless with another tick, person or room signed by somebody else's key, and when it is anything at all", async () => {
    const changes: Partial<Ticket>[] = [
      { tick: 7 },
      { roomId: "other" as RoomId },
      { persons: family.ticket.persons.slice(1) },
    ];
    for (const change of changes) {
      const text = ticketText({ ...family.ticket, ...change });
      const signature = await aKeyring("a forger's").sign("ticket", `${text}\0${family.contactId}`);
      expect(await readTicket(keyring, `${text}~${signature}`, family.contactId)).toBeUndefined();
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 400 }), async (text) => {
        expect(await readTicket(keyring, text, family.contactId)).toBeUndefined();
      }),
    );
  });

  test("is read back exactly, and nothing else is a ticket", () => {
    const id = fc.stringMatching(/^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(
        id,
        fc.uniqueArray(id, { minLength: 1, maxLength: 8 }),
        fc.nat(100_000),
        fc.nat(100_000),
        fc.option(fc.stringMatching(/^[0-9a-zA-Z-]{1,64}$/), { nil: undefined }),
        (own, persons, tick, loggedIn, ring) => {
          const ticket = { ...family.ticket, id: own as Ticket["id"], persons: persons as RankId[], tick, loggedIn };
          const whole = ring === undefined ? ticket : { ...ticket, ring };
          expect(parseTicket(ticketText(whole))).toEqual(whole);
        },
      ),
    );
    const text = ticketText(family.ticket);
    const [person] = family.ticket.persons;
    for (const odd of [
      "",
      text.replace("1~", "2~"),
      `${text}~`,
      `${text}.${person!}`,
      `${text}.`,
      text.replace("~0~", "~00~"),
    ])
      expect(parseTicket(odd)).toBeUndefined();
  });

  test("names at most eight persons", async () => {
    const many = Array.from({ length: 9 }, (_, i) => `person ${i}`);
    await expect(join(room, many, OPENS_AT - 1)).rejects.toThrow("one to eight");
    expect((await join(room, ["A", "A", "B"], OPENS_AT - 1)).ticket.persons).toHaveLength(2);
  });
});

describe("a turn", () => {
  test("is for the persons of the ticket, all or some of them", () => {
    const [mother, daughter] = family.ticket.persons;
    expect(answer()).toBe("taken");
    expect(answer({ party: [[daughter!]] })).toBe("taken");
    expect(answer({ party: [["0".repeat(32) as RankId, mother!]] })).toBe("taken");
    expect(answer({ party: [[mother!], ["0".repeat(32) as RankId]] })).toBe("ticket_for_others");
    expect(answer({ party: [] })).toBe("ticket_for_others");
  });

  test("is not had by a ticket that was not signed for whoever shows it, is of another room, or stands in no log", () => {
    expect(answer({ ticket: undefined })).toBe("ticket_not_valid");
    expect(answer({ ticket: { ...family.ticket, roomId: "other" as RoomId } })).toBe("ticket_not_valid");
    expect(answer({ logged: false })).toBe("ticket_not_valid");
    expect(answer({ ticket: { ...family.ticket, loggedIn: 4 } })).toBe("ticket_not_valid");
    expect(answer({ ticket: { ...family.ticket, tick: 4 } })).toBe("ticket_not_valid");
  });

  test("does not come before the opening nor after the end, whoever asks", () => {
    expect(answer({ now: OPENS_AT - 1 })).toBe("room_not_open");
    expect(answer({ now: room.closesAt })).toBe("room_over");
  });

  test("comes exactly when the published rank is reached", () => {
    const rank = rankOf(aSeed(room, 0).seed, family.ticket);
    const justBefore = (BigInt(`0x${rank}`) - 1n).toString(16).padStart(24, "0") as Rank;
    expect([answer({ admitted: rank }), answer({ admitted: justBefore }), answer({ admitted: "" })]).toEqual([
      "taken",
      "not_your_turn",
      "not_your_turn",
    ]);
    expect(answer({ seed: undefined })).toBe("not_your_turn");
  });

  test("is refused to all who come again late or were minted, in any number: no better rank in 10,000", async () => {
    const own = await join(room, ["one person"], OPENS_AT - 1);
    const rank = rankOf(aSeed(room, 0).seed, own.ticket);
    const { leaves } = aLog(room, [own.ticket]);
    const log = new Set(leaves[0]!.leaves);
    const half = "000000007fffffffffffffff" as Rank;
    let [better, written, unlogged] = [0, 0, 0];
    for (let i = 0; i < 10_000; i++) {
      const late = i % 2 === 0;
      // Every other one is an insider's, made out for a tick that is over.
      const again = await join(room, [late ? "one person" : `minted ${i}`], late ? OPENS_AT + i * 60 : OPENS_AT - 1);
      if (late && rankOf(aSeed(room, again.ticket.loggedIn).seed, again.ticket) < rank) better += 1;
      const logged = late || log.has(ticketLeaf(again.ticket));
      const asked = { now: room.closesAt - 1, admitted: half };
      if (judgeTurn(asking(again, { ...asked, logged })).ok) written += 1;
      if (judgeTurn(asking(again, { ...asked, logged: true })).ok) unlogged += 1;
    }
    expect({ better, written }).toEqual({ better: 0, written: 0 });
    // The control: without the log the minted half would stand in line like everybody else.
    expect(unlogged).toBeGreaterThan(2_000);
  });
});
