import type { LocalDate } from "#kernel/ids.ts";
import { ageOn } from "#kernel/time.ts";
import type { ApplicantRequest, Parent } from "#modules/booking/index.ts";
import type { Effect, Facts, PersonSoFar, Result, ServiceFact } from "../types.ts";
import { findDate } from "./dates.ts";
import { afterDays, scopeName, serviceOffers, servicesOf, todayOf } from "./info.ts";
import { readBirth, readNames, readWhole } from "./names.ts";
import { dayInWords, dayShort, timeInWords, whenInWords } from "./speak.ts";
import type { Move } from "./state.ts";
import type { At, Step } from "./steps.ts";

/** People of one party that a conversation writes down: as many as a contact books by itself (people.md 2). */
export const MOST_PEOPLE = 5;
const ADULT = 18;

type BookStep = "names" | "birth" | "parents" | "who" | "draw" | "day" | "time" | "review";

export const bookSteps: Readonly<Record<BookStep, Step>> = {
  names: {
    ask: ({ state, words }) => ({ text: words.names(state.draft.people.length + 1) }),
    take({ text }, at) {
      const whole = readWhole(text, birthFacts(at));
      if (whole) return withPerson({ ...at.state.draft.person!, ...whole }, at);
      const names = readNames(text);
      if (!names) return { miss: at.words.namesAgain };
      return { go: "birth", draft: { person: { ...at.state.draft.person!, ...names } } };
    },
  },

  birth: {
    ask: ({ state, words }) => {
      const missing = missingOf(state.draft.person!);
      return {
        text: missing.length === 3 ? words.birth : words.birthMissing(missing.map((key) => words[key]).join(", ")),
      };
    },
    take({ text }, at) {
      const person = { ...at.state.draft.person!, ...readBirth(text, birthFacts(at)) };
      if (missingOf(person).length === missingOf(at.state.draft.person!).length) return { miss: at.words.birth };
      return withPerson(person, at);
    },
  },

  parents: {
    ask: ({ state, words }) => ({
      text: words.parents(state.draft.person!.givenNames ?? ""),
      offers: [
        { value: "both", title: words.parentsBoth },
        { value: "one", title: words.parentsOne, detail: words.parentsOneDetail },
        { value: "only", title: words.parentsOnly, detail: words.parentsOnlyDetail },
        { value: "other", title: words.parentsOther, detail: words.parentsOtherDetail },
      ],
    }),
    take({ value }, at) {
      const parents = PARENTS[value ?? ""];
      if (value === "other") return { run: { do: "person", reason: "asked" } };
      return parents ? addPerson({ ...at.state.draft.person!, parents }, at) : { miss: undefined };
    },
    got: (_result, { words }) => ({ end: words.toPerson }),
  },

  who: {
    ask({ state, facts, words }) {
      const { people } = state.draft;
      if (people.length >= MOST_PEOPLE)
        return { text: words.full(MOST_PEOPLE), offers: [{ value: "nobody", title: words.whoNobody }] };
      const services = serviceOffers(facts, true);
      const used = people.map((one) => scopeOf(facts, one.services[0]!));
      // What the family already needs stands first: the second passport is one touch.
      const sorted = [...services].sort((a, b) => rank(b.value) - rank(a.value));
      return {
        text: words.who(people.length),
        offers: [
          { value: "nobody", title: words.whoNobody },
          ...sorted.map(({ value, title }) => ({ value, title: words.whoAlso(title) })),
        ],
      };
      function rank(slug: string): number {
        return used.includes(scopeOf(facts, slug)) ? 1 : 0;
      }
    },
    take({ value }, { state, facts }) {
      const { officeId } = state.draft;
      if (value === "nobody") return { run: { do: "days", officeId: officeId!, services: servicesOf(state.draft) } };
      const service = facts.services.find(({ slug }) => slug === value);
      return service
        ? { go: "names", draft: { service: service.slug, person: { service: service.slug } } }
        : { miss: undefined };
    },
    got: (result, at) => (result.kind === "days" ? afterDays(result, at) : refusedMove(result, at)),
  },

  draw: {
    ask: ({ words }) => ({
      text: words.drawn,
      offers: [
        { value: "yes", title: words.drawnYes },
        { value: "ask", title: words.drawnAsk, detail: words.drawnAskDetail },
        { value: "else", title: words.drawnElse },
      ],
    }),
    take({ value }) {
      if (value === "yes" || value === "ask") return { go: "review", draft: { asksFirst: value === "ask" } };
      return value === "else" ? { go: "place" } : { miss: undefined };
    },
  },

  day: {
    ask: ({ state, words }) => ({ text: words.day, offers: state.found }),
    take({ value, text }, at) {
      const { state, facts, words } = at;
      const today = todayOf(facts, officeOf(at).id);
      const typed = value ?? findDate(text, { today, language: state.language, past: false })?.date;
      if (typed === undefined) return { miss: undefined };
      if (!state.found.some((one) => one.value === typed)) return { miss: words.dayNot };
      const date = typed as LocalDate;
      return {
        run: { do: "times", officeId: officeOf(at).id, date, services: servicesOf(at.state.draft) },
        draft: { date },
      };
    },
    got: (result, at) => (result.kind === "times" ? afterTimes(result, at) : refusedMove(result, at)),
  },

  time: {
    ask: ({ state }) => ({ text: "", offers: state.found }),
    take: ({ value }, { state }) =>
      state.found.some((one) => one.value === value)
        ? { go: "review", draft: { startsAt: value } }
        : { miss: undefined },
  },

  review: {
    ask(at) {
      const { state, words } = at;
      const { drawn, own } = state.draft;
      const lines = reviewLines(at).join("\n");
      return {
        text: drawn && !own ? words.reviewRequest(lines) : words.review(lines),
        offers: [
          { value: "yes", title: words.reviewYes },
          { value: "back", title: words.reviewBack },
        ],
      };
    },
    take: ({ value }, at) => (value === "yes" ? { run: effectOf(at) } : { miss: undefined }),
    got(result, at) {
      const { words, state } = at;
      const { city, zone } = officeOf(at);
      const when = state.draft.startsAt && whenInWords(state.draft.startsAt, zone, state.language);
      if (result.kind === "booked" && when) return { end: words.booked(...when, city, result.number) };
      if (result.kind === "done" && when) return { end: words.moved(...when, city) };
      // Somebody was quicker: the hours that are left, of the same day.
      if (result.kind === "times") return afterTimes(result, at, words.refused["place_taken"]);
      if (result.kind === "filed") {
        const told = result.resultAt && words.filedResult(...whenInWords(result.resultAt, zone, state.language));
        return { end: `${words.filed(result.number)} ${told ?? words.filedLater}` };
      }
      return refusedMove(result, at);
    },
  },
};

function afterTimes(result: Extract<Result, { kind: "times" }>, at: At, note?: string): Move {
  const { language, draft } = at.state;
  if (result.starts.length === 0) return { end: at.words.noTimes };
  const { zone } = officeOf(at);
  const found = result.starts.map((start) => ({ key: "", value: start, title: timeInWords(start, zone, language) }));
  const asked = at.words.time(dayInWords(draft.date!, language));
  return { go: "time", found, note: note === undefined ? asked : `${note} ${asked}` };
}

const PARENTS: Readonly<Record<string, readonly Parent[]>> = {
  both: [{ part: "comes" }, { part: "comes" }],
  one: [{ part: "comes" }, { part: "signs_elsewhere" }],
  only: [{ part: "comes" }],
};

function birthFacts({ state, facts }: At) {
  return { readCurp: facts.readCurp, today: todayOf(facts, state.draft.officeId), language: state.language };
}

function missingOf(person: PersonSoFar): ("missingDate" | "missingState" | "missingSex")[] {
  return [
    ...(person.bornOn === undefined ? (["missingDate"] as const) : []),
    ...(person.bornIn === undefined ? (["missingState"] as const) : []),
    ...(person.sex === undefined ? (["missingSex"] as const) : []),
  ];
}

/** A person of whom names and something of her birth are known: what is left to ask of her. */
function withPerson(person: PersonSoFar, at: At): Move {
  if (missingOf(person).length > 0) return { go: "birth", draft: { person } };
  const age = ageOn(person.bornOn!, todayOf(at.facts, at.state.draft.officeId));
  const service = serviceAt(at.facts, person.service, age);
  if (!service) return { go: "service", note: at.words.wrongAge };
  const named = { ...person, service: service.slug };
  if (age >= ADULT || !service.parentsTakePart) return addPerson({ ...named, parents: [] }, at);
  // Sisters and brothers have the same parents: said once, it is not asked again.
  const before = at.state.draft.people.find((one) => one.parents.length > 0);
  return before ? addPerson({ ...named, parents: before.parents }, at) : { go: "parents", draft: { person: named } };
}

function addPerson(person: PersonSoFar, { state }: At): Move {
  const { service, ...details } = person;
  const { givenNames, firstSurname, secondSurname, bornOn, bornIn, sex, parents } = details;
  const whole: ApplicantRequest = {
    givenNames: givenNames!,
    firstSurname: firstSurname!,
    secondSurname: secondSurname ?? "",
    otherName: "",
    bornOn: bornOn!,
    bornIn: bornIn!,
    sex: sex!,
    curp: details.curp ?? "",
    parents: parents ?? [],
    services: [service],
  };
  return { go: "who", draft: { people: [...state.draft.people, whole], person: undefined } };
}

/** Of the services of one scope the one for that age. */
function serviceAt(facts: Facts, slug: string, age: number): ServiceFact | undefined {
  const scope = scopeOf(facts, slug);
  return facts.services.find(
    (one) => one.scope === scope && one.bookable && one.ages.min <= age && age <= one.ages.max,
  );
}

function scopeOf(facts: Facts, slug: string): string | undefined {
  return facts.services.find((one) => one.slug === slug)?.scope;
}

function officeOf({ state, facts }: At) {
  return facts.office(state.draft.own?.officeId ?? state.draft.officeId!)!;
}

function effectOf(at: At): Effect {
  const { own, drawn, asksFirst = false, people, date, startsAt } = at.state.draft;
  const officeId = officeOf(at).id;
  if (drawn && !own) return { do: "request", officeId, people, asksFirst };
  const wanted = { officeId, localDate: date!, startsAt: new Date(startsAt!) };
  return own ? { do: "move", id: own.id as never, wanted } : { do: "book", wanted, people };
}

function reviewLines(at: At): string[] {
  const { state, facts, words } = at;
  const { city, zone } = officeOf(at);
  const { startsAt, people } = state.draft;
  const when = startsAt === undefined ? [] : [`${whenInWords(startsAt, zone, state.language).join(", ")}, ${city}.`];
  const names = people.map((one, i) => {
    const service = facts.services.find(({ slug }) => slug === one.services[0]);
    const called = [one.givenNames, one.firstSurname, one.secondSurname].filter((part) => part !== "").join(" ");
    const born = `${dayShort(one.bornOn, state.language)} ${one.bornOn.slice(0, 4)}`;
    return words.person(i + 1, called, born, service ? scopeName(facts, service) : "");
  });
  return [...(when.length > 0 ? when : [`${city}.`]), ...names];
}

/** The same no as on every channel, and the question at which something else can be chosen. */
export function refusedMove(result: Result, at: At): Move {
  const code = result.kind === "refused" ? result.code : "unknown";
  const note = at.words.refused[code] ?? at.words.refused["unknown"]!;
  if ((code === "place_taken" || code === "hold_expired") && at.state.draft.date)
    return {
      run: { do: "times", officeId: officeOf(at).id, date: at.state.draft.date, services: servicesOf(at.state.draft) },
    };
  return { end: note };
}
