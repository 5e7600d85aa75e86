import type { ServiceSlug } from "#kernel/ids.ts";
import type { Bilingual, ChecklistQuestion, Network, Requirement } from "../types.ts";

/** Most questions that anybody is asked before the calendar (people.md 14). */
export const MOST_QUESTIONS = 8;

export interface ChecklistPerson {
  /** Whole years on the day of the visit. */
  readonly age: number;
  readonly services: readonly string[];
}

/** Question id to yes or no; one answer for the whole party. */
export type Answers = Readonly<Record<string, boolean>>;

export interface AskedQuestion {
  readonly question: ChecklistQuestion;
  /** The wording for one person, or for a party in which several are meant. */
  readonly text: Bilingual;
  /** Which of the party's people it is about, from 1. */
  readonly ordinals: readonly number[];
}

export interface NeededPaper extends Requirement {
  /** The services that ask for it. */
  readonly services: readonly ServiceSlug[];
  /** The question whose answer added it. */
  readonly because: string | undefined;
}

export interface NextStep {
  readonly questionId: string;
  readonly text: Bilingual;
  readonly next: Bilingual;
  readonly addService: ServiceSlug | undefined;
  readonly ordinals: readonly number[];
}

/** The questions that matter to at least one of these people, in the order of the catalogue. */
export function checklistFor(network: Pick<Network, "checklist">, people: readonly ChecklistPerson[]): AskedQuestion[] {
  return network.checklist
    .flatMap((question) => {
      const ordinals = people.flatMap((person, i) => (concerns(question, person) ? [i + 1] : []));
      const text = ordinals.length > 1 ? question.textSeveral : question.text;
      return ordinals.length > 0 ? [{ question, text, ordinals }] : [];
    })
    .slice(0, MOST_QUESTIONS);
}

/** What the answers call for, each with what to do: what prints for the family and is what the clerk sees. */
export function nextStepsFor(
  network: Pick<Network, "checklist">,
  people: readonly ChecklistPerson[],
  answers: Answers,
): NextStep[] {
  return checklistFor(network, people)
    .filter(({ question }) => isBad(question, answers))
    .map(({ question, text, ordinals }) => ({
      questionId: question.id,
      text,
      next: question.next,
      addService: question.addService,
      ordinals,
    }));
}

/** The papers one person brings: those of each service, said once, and those that her answers add. */
export function requirementsFor(
  network: Pick<Network, "checklist" | "serviceBySlug">,
  person: ChecklistPerson,
  answers: Answers,
): NeededPaper[] {
  const papers = new Map<string, NeededPaper>();
  for (const slug of person.services) {
    const service = network.serviceBySlug.get(slug);
    for (const paper of service?.requirements ?? []) {
      const known = papers.get(paper.text.es);
      papers.set(paper.text.es, {
        ...paper,
        services: [...(known?.services ?? []), service!.slug],
        because: undefined,
      });
    }
  }
  for (const question of network.checklist) {
    if (!concerns(question, person) || !isBad(question, answers)) continue;
    const services = question.services.filter((slug) => person.services.includes(slug));
    papers.set(question.bring.text.es, { ...question.bring, services, because: question.id });
  }
  return [...papers.values()];
}

function concerns(question: ChecklistQuestion, person: ChecklistPerson): boolean {
  return person.age >= question.minAge && question.services.some((slug) => person.services.includes(slug));
}

/** An unanswered question asks for nothing: the clerk sees that it was left open. */
function isBad(question: ChecklistQuestion, answers: Answers): boolean {
  const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  return answer !== undefined && answer !== question.good;
}
