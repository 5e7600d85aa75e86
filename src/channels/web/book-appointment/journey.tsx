import type { ReactNode } from "react";
import { PageHeading, ReadAloud, Steps } from "#ui/index.ts";
import type { WaysOut } from "../choose/no-places.tsx";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls, requestUrls, withQuery } from "../urls.ts";
import type { Draft } from "../visit/draft.ts";
import { askingProgress } from "../request/asking.ts";
import { calledName, parentsAsked, peopleOf } from "../visit/party.ts";
import { goTo, save, show, type Admit, type Answer, type Arrival, type View, type Visit } from "../visit/visit.tsx";
import { addressOf, before, firstMissing, isReachable, partOf, PARTS, type Position, type Progress } from "./steps.ts";

/** One page of the journey that stands for a question. */
export interface Step {
  readonly path: string;
  /** Which question it asks; of a person's pages the number comes from the address. */
  readonly position: (visit: Arrival) => Position;
  readonly get: (visit: Visit) => Answer;
  readonly post?: (visit: Visit) => Answer;
}

/** Leads whoever has no visit to the start, and whoever jumped ahead to what is missing. */
export function admit(step: Step): Admit<Visit> {
  return (arrival) => {
    const { session } = arrival;
    if (session === undefined)
      return { answered: goTo(arrival, withQuery(journeyUrls.start()(arrival.language), { sesion: "0" })) };
    const visit = { ...arrival, session };
    const { booked, requested, people } = visit.draft;
    // Back, reload or a second press after the booking: it exists once, and this is it.
    if (booked !== undefined && people === undefined)
      return { answered: goTo(visit, journeyUrls.done(booked)(visit.language)) };
    if (requested !== undefined && people === undefined)
      return { answered: goTo(visit, requestUrls.one(requested)(visit.language)) };
    if (isReachable(progressOf(visit), step.position(visit))) return visit;
    return { answered: goToNext(visit) };
  };
}

export function progressOf(visit: Visit): Progress {
  const { draft, session, network, today, ctx } = visit;
  const on = draft.localDate ?? today;
  const { hold } = draft;
  return {
    people: draft.people,
    persons: peopleOf(draft).map((person) => ({
      named: person.details !== undefined,
      services: person.services.length > 0,
      parentsAsked: parentsAsked(person, network, on),
      parents: person.parents !== undefined,
    })),
    prepared: draft.prepared,
    office: draft.officeId !== undefined,
    day: draft.localDate !== undefined,
    verified: session.contactId !== undefined,
    held: hold !== undefined && new Date(hold.heldUntil) > ctx.now,
    asking: askingProgress(visit),
  };
}

export function goToNext(visit: Visit): Answer {
  return goTo(visit, addressOf(firstMissing(progressOf(visit)))(visit.language));
}

/** Keeps an answer and leads to what is still missing. */
export async function answer(visit: Visit, draft: Draft): Answer {
  return goToNext(await save(visit, draft));
}

/** How a party may ask for less at once when nothing fits all of it. */
export function waysOut({ draft, language }: Visit, groups: number): WaysOut {
  return {
    groups: groups > 1 ? journeyUrls.personServices(1)(language) : undefined,
    people: (draft.people ?? 1) > 1 ? journeyUrls.people(language) : undefined,
  };
}

/** The number in the address of a person's page; zero for anything else, which is nobody. */
export function personNumber({ request }: Arrival): number {
  const { person } = request.params as { person?: string };
  return /^[1-9]$/.test(person ?? "") ? Number(person) : 0;
}

/** How person `n` is called: by her given names once they are known. */
export function personCalled({ draft, language }: Arrival, person: number): string {
  return calledName(peopleOf(draft)[person - 1] ?? {}) ?? visitTexts(language)("personNumber", { n: person });
}

interface Asking extends Omit<View, "address"> {
  readonly position: Position;
  readonly address?: View["address"];
  /** The page has one question, whose label is the heading. */
  readonly asksItself?: boolean;
  readonly lead?: ReactNode;
  readonly caption?: ReactNode;
}

/** Of `src/client`: reads a question aloud. A page with a script of its own is not read. */
const READ_ALOUD = "read-aloud";

function Listen({ language }: Pick<Visit, "language">) {
  const t = visitTexts(language);
  return (
    <ReadAloud listen={t("aloudListen")} pause={t("aloudPause")} resume={t("aloudResume")} stop={t("aloudStop")} />
  );
}

/** A page of the journey: where one is, what is asked, and the way back. */
export function ask(visit: Visit, { position, asksItself, lead, caption, children, ...view }: Asking): Answer {
  const t = visitTexts(visit.language);
  const part = partOf(position);
  const partName = position.step === "request" ? t("part_request") : t(`part_${part}`);
  const previous = before(progressOf(visit), position);
  return show(visit, {
    address: addressOf(position),
    back: previous ? addressOf(previous) : journeyUrls.start(),
    script: READ_ALOUD,
    ...view,
    children: (
      <>
        <Steps
          current={PARTS.indexOf(part) + 1}
          total={PARTS.length}
          text={t("step", { current: PARTS.indexOf(part) + 1, total: PARTS.length, part: partName })}
        />
        {view.script === undefined && <Listen language={visit.language} />}
        {!asksItself && (
          <PageHeading caption={caption} lead={lead}>
            {view.title}
          </PageHeading>
        )}
        {children}
      </>
    ),
  });
}
