import { formatFolio, parseFolio } from "#kernel/folio.ts";
import type { Effect, OwnItem } from "../types.ts";
import { refusedMove } from "./book.ts";
import { findDate } from "./dates.ts";
import { afterDays, todayOf } from "./info.ts";
import { whenInWords } from "./speak.ts";
import type { Move } from "./state.ts";
import type { At, Step } from "./steps.ts";

/** What somebody does with a booking or request of her own, once folio or birth date opened it (hardening 18). */
export const ownSteps: Readonly<Record<"own" | "pick" | "act" | "offer" | "sure", Step>> = {
  own: {
    ask: ({ words }) => ({ text: words.own }),
    take({ text }, { state, facts, words }) {
      const folio = parseFolio(text.trim());
      if (folio) return { run: { do: "open", folio: formatFolio(folio) } };
      const born = findDate(text, { today: todayOf(facts, undefined), language: state.language, past: true });
      return born ? { run: { do: "openBorn", bornOn: born.date } } : { miss: words.ownNothing };
    },
    got(result, at) {
      const { words } = at;
      if (result.kind !== "own") return refusedMove(result, at);
      // Nothing, another's and what never was are told alike.
      if (result.items.length === 0) return { miss: words.ownNothing };
      if (result.items.length === 1) return opened(result.items[0]!);
      const found = result.items.map((item) => ({ key: "", value: JSON.stringify(item), title: titleOf(item, at) }));
      return { go: "pick", found };
    },
  },

  pick: {
    ask: ({ state, words }) => ({ text: words.ownPick, offers: state.found }),
    take: ({ value }) => (value === undefined ? { miss: undefined } : opened(JSON.parse(value) as OwnItem)),
  },

  act: {
    ask(at) {
      const { words } = at;
      const own = at.state.draft.own!;
      const offers =
        own.kind === "booking"
          ? [
              { value: "confirm", title: words.ownConfirm },
              { value: "change", title: words.ownChange },
              { value: "cancel", title: words.ownCancel },
            ]
          : [{ value: "cancel", title: words.ownWithdraw }];
      return { text: `${titleOf(own, at)} ${words.ownWhat}`, offers };
    },
    take({ value }, { state, words }) {
      const own = state.draft.own!;
      // Silence never cancels, so a yes changes nothing either: it is thanked for.
      if (value === "confirm") return { end: words.confirmed };
      if (value === "cancel") return { go: "sure" };
      if (value !== "change") return { miss: undefined };
      return { run: { do: "days", officeId: own.officeId, services: own.services } };
    },
    got: (result, at) =>
      result.kind === "days" ? afterDays({ ...result, drawn: false }, at) : refusedMove(result, at),
  },

  offer: {
    ask(at) {
      const { words, facts, state } = at;
      const own = state.draft.own!;
      const office = facts.office(own.officeId)!;
      return {
        text: words.ownOffer(...whenInWords(own.startsAt!, office.zone, state.language), office.city),
        offers: [
          { value: "yes", title: words.offerYes },
          { value: "no", title: words.offerNo },
        ],
      };
    },
    take({ value }, { state }) {
      const id = state.draft.own!.id as never;
      if (value === "yes") return { run: { do: "accept", id } };
      return value === "no" ? { run: { do: "decline", id } } : { miss: undefined };
    },
    got: (result, at, of) =>
      result.kind !== "done"
        ? refusedMove(result, at)
        : { end: of.do === "decline" ? at.words.declined : at.words.accepted },
  },

  sure: {
    ask: ({ state, words }) => ({
      text: state.draft.own!.kind === "booking" ? words.cancelSure : words.withdrawSure,
      offers: [
        { value: "yes", title: words.sureYes },
        { value: "no", title: words.sureNo },
      ],
    }),
    take({ value }, { state, words }) {
      const own = state.draft.own!;
      if (value === "no") return { end: words.kept };
      if (value !== "yes") return { miss: undefined };
      const effect: Effect =
        own.kind === "booking" ? { do: "cancel", id: own.id as never } : { do: "withdraw", id: own.id as never };
      return { run: effect };
    },
    got: (result, at) =>
      result.kind !== "done"
        ? refusedMove(result, at)
        : { end: at.state.draft.own!.kind === "booking" ? at.words.cancelled : at.words.withdrawn },
  },
};

function opened(own: OwnItem): Move {
  return { go: own.offered ? "offer" : "act", draft: { own, people: [], officeId: own.officeId } };
}

function titleOf(own: OwnItem, { facts, words, state }: At): string {
  const office = facts.office(own.officeId)!;
  if (own.startsAt === null) return words.ownWaits(office.city);
  const when = whenInWords(own.startsAt, office.zone, state.language);
  return own.offered ? words.ownOffer(...when, office.city) : words.ownBooking(...when, office.city);
}
