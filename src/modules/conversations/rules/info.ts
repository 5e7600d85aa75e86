import type { OfficeId } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import type { Draft, Facts, Result, ServiceFact } from "../types.ts";
import { NOBODY, type Move } from "./state.ts";
import { dayInWords, whenInWords } from "./speak.ts";
import type { Offer, Step } from "./steps.ts";
import type { Words } from "./words.ts";

/** Special days that one answer names. */
const MOST_VENUES = 3;
/** Instants at which places open that one answer names. */
const MOST_RELEASES = 2;

/** The services to choose from, one for each scope: the age decides between those of one. */
export function serviceOffers(facts: Facts, bookableOnly: boolean): Offer[] {
  const seen = new Set<string>();
  return facts.services.flatMap((one) => {
    if ((bookableOnly && !one.bookable) || seen.has(one.scope)) return [];
    seen.add(one.scope);
    return [{ value: one.slug, title: scopeName(facts, one) }];
  });
}

/** What the services of one scope are called together: what stands before the comma, where there are several. */
export function scopeName(facts: Facts, one: ServiceFact): string {
  const several = facts.services.filter(({ scope }) => scope === one.scope).length > 1;
  return several ? one.name.split(",")[0]! : one.name;
}

const INTENTS = { book: "place", find: "place", releases: "place", requirements: "service", urgent: "urgent" } as const;

export const infoSteps: Readonly<Record<"menu" | "place" | "office" | "service", Step>> = {
  menu: {
    ask: ({ words }) => ({
      text: words.menu,
      offers: [
        { value: "book", title: words.menuBook },
        { value: "own", title: words.menuOwn, detail: words.menuOwnDetail },
        { value: "find", title: words.menuFind, detail: words.menuFindDetail },
        { value: "requirements", title: words.menuRequirements },
        { value: "releases", title: words.menuReleases, detail: words.menuReleasesDetail },
        { value: "urgent", title: words.menuUrgent, detail: words.menuUrgentDetail },
        { value: "person", title: words.menuPerson },
      ],
    }),
    take({ value }) {
      if (value === "own") return { go: "own", draft: NOBODY };
      if (value === "person") return { run: { do: "person", reason: "asked" } };
      if (value && value in INTENTS) {
        const intent = value as keyof typeof INTENTS;
        return { go: INTENTS[intent], draft: { ...NOBODY, intent } };
      }
      return { miss: undefined };
    },
    got: (_result, { words }) => ({ end: words.toPerson }),
  },

  place: {
    ask: ({ words }) => ({ text: words.place }),
    take: ({ text }, { words }) =>
      text.trim() === "" ? { miss: words.placeUnknown } : { run: { do: "near", query: text.slice(0, 80) } },
    got(result, { facts, words, state }) {
      if (result.kind !== "near" || result.offices.length === 0) return { miss: words.placeUnknown };
      const { intent } = state.draft;
      if (intent === "find") return { end: nearText(result.offices, { facts, words, state }) };
      const found = result.offices.flatMap((id) => {
        const office = facts.office(id);
        return office ? [{ key: "", value: id, title: office.city, detail: office.address }] : [];
      });
      return { go: "office", found, note: words.office(result.label) };
    },
  },

  office: {
    ask: ({ state }) => ({ text: "", offers: state.found }),
    take({ value }, { facts, state }) {
      const office = value === undefined ? undefined : facts.office(value as OfficeId);
      if (!office) return { miss: undefined };
      const draft: Partial<Draft> = { officeId: office.id };
      if (state.draft.urgent?.neededBy !== undefined) {
        const { kind, neededBy } = state.draft.urgent;
        return { run: { do: "urgent", officeId: office.id, kind, neededBy }, draft };
      }
      if (state.draft.intent === "releases") return { run: { do: "releases", officeId: office.id }, draft };
      // Another office for people who are written down already: nothing is asked twice.
      if (state.draft.people.length > 0)
        return { run: { do: "days", officeId: office.id, services: servicesOf(state.draft) }, draft };
      return { go: "service", draft };
    },
    got(result, { state, facts, words }) {
      if (state.draft.intent === "urgent")
        return { end: result.kind === "done" ? words.urgentAsked : words.urgentHidden };
      if (result.kind === "days") return afterDays(result, { state, facts, words });
      return { end: releasesText(result, state.draft.officeId!, { facts, words, state }) };
    },
  },

  service: {
    ask: ({ state, facts, words }) =>
      state.draft.intent === "requirements"
        ? { text: words.requirementsOf, offers: serviceOffers(facts, false) }
        : { text: words.service, offers: serviceOffers(facts, true) },
    take({ value }, { state, facts, words }) {
      const service = facts.services.find(({ slug }) => slug === value);
      if (!service) return { miss: undefined };
      if (state.draft.intent === "requirements") {
        const variants = facts.services.filter(({ scope }) => scope === service.scope);
        return { end: variants.map((one) => requirementsText(one, words)).join("\n") };
      }
      const first = state.draft.people.length === 0;
      return {
        go: "names",
        draft: { service: service.slug, person: { service: service.slug } },
        note: first ? `${words.privacy} ${words.noStatus}` : undefined,
      };
    },
  },
};

/** The services of each person of the party, or of what was opened. */
export function servicesOf({ own, people }: Draft): Draft["people"][number]["services"][] {
  return [...(own?.services ?? people.map(({ services }) => services))];
}

/** Where days are known: choose one, or ask for a place where they are drawn. */
export function afterDays(
  result: Extract<Result, { kind: "days" }>,
  { state, words }: { state: { language: "es" | "en" }; facts: Facts; words: Words },
): Move {
  if (result.drawn) return { go: "draw", draft: { drawn: true } };
  if (result.dates.length === 0) return { end: words.noDays };
  const found = result.dates.map((date) => ({ key: "", value: date, title: dayInWords(date, state.language) }));
  return { go: "day", draft: { drawn: false }, found };
}

interface Telling {
  readonly facts: Facts;
  readonly words: Words;
  readonly state: { readonly language: "es" | "en" };
}

/** The nearest office in full, the next by name, and the mobile consulates of both. */
function nearText(ids: readonly OfficeId[], { facts, words, state }: Telling): string {
  const offices = ids.slice(0, 2).flatMap((id) => facts.office(id) ?? []);
  const venues = offices.flatMap(({ venues: own }) => own).slice(0, MOST_VENUES);
  return [
    ...offices.flatMap(({ city, address, phone }) => [
      words.officeFacts(city),
      address === undefined ? words.addressUnknown : words.address(address),
      ...(phone === undefined ? [] : [words.phone(phone)]),
    ]),
    ...venues.map(({ date, place }) => words.venue(dayInWords(date, state.language), place)),
    ...(venues.length === 0 ? [words.noVenue] : []),
  ].join("\n");
}

function releasesText(result: Result, officeId: OfficeId, { facts, words, state }: Telling): string {
  const office = facts.office(officeId)!;
  if (result.kind !== "releases") return words.noDays;
  const tell = (instant: string) => whenInWords(instant, office.zone, state.language);
  return [
    words.releases(office.city),
    ...result.draws.slice(0, MOST_RELEASES).map((at) => words.releaseDraw(...tell(at))),
    ...result.ticks.slice(0, MOST_RELEASES).map((at) => words.releaseTick(...tell(at))),
    words.releaseAlike,
  ].join("\n");
}

function requirementsText(service: ServiceFact, words: Words): string {
  return [words.requirements(service.name), ...service.requirements.map((one) => `- ${one}`)].join("\n");
}

/** The calendar day that it is at the office of a conversation, for whoever types a date. */
export function todayOf(facts: Facts, officeId: OfficeId | undefined) {
  return localDateAt(facts.now, (officeId && facts.office(officeId)?.zone) ?? "America/Chicago");
}
