import { journeyUrls, type Address } from "../urls.ts";

/** A question of the journey; `person` counts from 1. */
export type Position =
  | { readonly step: "people" | "prepare" | "place" | "day" | "contact" | "time" | "review" | AskingStep }
  | { readonly step: "person" | "services" | "parents"; readonly person: number };

/** Where places are shared out, these stand in place of an hour. */
type AskingStep = "where" | "when" | "until" | "claims" | "request";

/** How far somebody has come: of each question whether it is answered, and nothing of the answers. */
export interface Progress {
  readonly people: number | undefined;
  readonly persons: readonly PersonProgress[];
  readonly prepared: boolean;
  readonly office: boolean;
  readonly day: boolean;
  readonly verified: boolean;
  readonly held: boolean;
  /** Of whoever asks for a place that is shared out. */
  readonly asking?: Readonly<Record<Exclude<AskingStep, "request">, boolean>> | undefined;
}

export interface PersonProgress {
  readonly named: boolean;
  readonly services: boolean;
  /** A child whose documents need everybody on the record. */
  readonly parentsAsked: boolean;
  readonly parents: boolean;
}

/** The parts that the line above each page counts. */
export const PARTS = ["people", "papers", "place", "contact", "confirm"] as const;
export type Part = (typeof PARTS)[number];

const ASKED = ["where", "when", "until", "claims"] as const;

interface Question {
  readonly position: Position;
  readonly answered: boolean;
}

/** Every question of this party, in order. */
function questionsOf(progress: Progress): Question[] {
  const persons = Array.from({ length: progress.people ?? 0 }, (_, i) => i + 1).flatMap((person): Question[] => {
    const own = progress.persons[person - 1];
    return [
      { position: { step: "person", person }, answered: own?.named ?? false },
      { position: { step: "services", person }, answered: own?.services ?? false },
      ...(own?.parentsAsked ? [{ position: { step: "parents", person } as const, answered: own.parents }] : []),
    ];
  });
  return [
    { position: { step: "people" }, answered: progress.people !== undefined },
    ...persons,
    { position: { step: "prepare" }, answered: progress.prepared },
    { position: { step: "place" }, answered: progress.office },
    { position: { step: "day" }, answered: progress.day || progress.asking !== undefined },
    ...lastQuestions(progress),
  ];
}

function lastQuestions({ asking, verified, held }: Progress): Question[] {
  const contact: Question = { position: { step: "contact" }, answered: verified };
  return asking === undefined
    ? [contact, { position: { step: "time" }, answered: held }, { position: { step: "review" }, answered: false }]
    : [
        ...ASKED.map((step) => ({ position: { step }, answered: asking[step] })),
        contact,
        { position: { step: "request" }, answered: false },
      ];
}

/** The first question without an answer: where whoever jumps ahead is led, and where an answer leads. */
export function firstMissing(progress: Progress): Position {
  return questionsOf(progress).find((one) => !one.answered)!.position;
}

/** A question may be opened, again too, once all before it are answered. */
export function isReachable(progress: Progress, position: Position): boolean {
  const questions = questionsOf(progress);
  const at = questions.findIndex((one) => isSame(one.position, position));
  return at >= 0 && questions.slice(0, at).every((one) => one.answered);
}

/** The question before; undefined at the first. A verified contact is not asked again, so it is stepped over. */
export function before(progress: Progress, position: Position): Position | undefined {
  const questions = questionsOf(progress).filter((one) => one.position.step !== "contact" || !progress.verified);
  const at = questions.findIndex((one) => isSame(one.position, position));
  return questions[at - 1]?.position;
}

export function partOf({ step }: Position): Part {
  switch (step) {
    case "people":
    case "person":
    case "services":
    case "parents":
      return "people";
    case "prepare":
      return "papers";
    case "place":
    case "day":
    case "where":
    case "when":
    case "until":
    case "claims":
      return "place";
    case "contact":
      return "contact";
    case "time":
    case "review":
    case "request":
      return "confirm";
  }
}

export function addressOf(position: Position): Address {
  switch (position.step) {
    case "person":
      return journeyUrls.person(position.person);
    case "services":
      return journeyUrls.personServices(position.person);
    case "parents":
      return journeyUrls.personParents(position.person);
    case "people":
    case "prepare":
    case "place":
    case "day":
    case "contact":
    case "time":
    case "review":
    case "where":
    case "when":
    case "until":
    case "claims":
    case "request":
      return journeyUrls[position.step];
  }
}

function isSame(a: Position, b: Position): boolean {
  return a.step === b.step && ("person" in a ? a.person : 0) === ("person" in b ? b.person : 0);
}
