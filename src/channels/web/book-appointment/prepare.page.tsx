import { checklistFor, type AskedQuestion } from "#modules/offices/index.ts";
import { Button, ButtonRow, Form, Radios } from "#ui/index.ts";
import { pictureOf } from "../pictures.tsx";
import { papersTexts } from "../texts/papers.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { typedOf, type Typed } from "../visit/forms.ts";
import { membersOf } from "../visit/party.ts";
import { errorsOf, goTo, noErrors, save, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { ask, type Step } from "./journey.tsx";

const YES = "si";
const NO = "no";
const UNKNOWN = "nose";

/** At most eight yes-or-no questions about the papers, before the calendar. */
export const preparePage: Step = {
  path: "/cita/preparar",
  position: () => ({ step: "prepare" }),

  get(visit) {
    const asked = questionsOf(visit);
    if (asked.length === 0) return prepared(visit, {});
    const { answers } = visit.draft;
    const typed = asked.map(({ question: { id } }) => [
      id,
      id in answers ? (answers[id] ? YES : NO) : visit.draft.prepared ? UNKNOWN : "",
    ]);
    return page(visit, asked, Object.fromEntries(typed) as Typed, noErrors);
  },

  post(visit) {
    const asked = questionsOf(visit);
    const typed = typedOf(
      visit.request.body,
      asked.map((one) => one.question.id),
    );
    const open = asked.filter(({ question }) => ![YES, NO, UNKNOWN].includes(typed[question.id]!));
    if (open.length > 0) {
      const say = papersTexts(visit.language);
      return page(
        visit,
        asked,
        typed,
        errorsOf(
          open.map(({ question }) => ({ field: question.id, key: "answer_missing" as const })),
          say,
        ),
      );
    }
    const answered = asked.filter(({ question }) => typed[question.id] !== UNKNOWN);
    return prepared(
      visit,
      Object.fromEntries(answered.map(({ question }) => [question.id, typed[question.id] === YES])),
    );
  },
};

async function prepared(visit: Visit, answers: Record<string, boolean>): Answer {
  await save(visit, { ...visit.draft, answers, prepared: true });
  return goTo(visit, journeyUrls.papers(visit.language));
}

function questionsOf({ draft, network, today }: Visit): AskedQuestion[] {
  const members = membersOf(draft, network, draft.localDate ?? today);
  return checklistFor(
    network,
    members.map((member) => ({ age: member.age, services: member.services.map((service) => service.slug) })),
  );
}

function page(visit: Visit, asked: readonly AskedQuestion[], typed: Typed, errors: Errors): Answer {
  const { language } = visit;
  const t = papersTexts(language);
  const words = visitTexts(language);
  return ask(visit, {
    position: { step: "prepare" },
    title: t("prepareTitle"),
    lead: t("prepareLead"),
    errors,
    children: (
      <Form action={journeyUrls.prepare(language)}>
        {asked.map(({ question, text }) => (
          <Radios
            key={question.id}
            name={question.id}
            label={
              <span className="with-paper">
                {pictureOf(question.picture)}
                <span>{text[language]}</span>
              </span>
            }
            error={errors.of(question.id)}
            value={typed[question.id]}
            inline
            options={[
              { value: YES, text: words("yes") },
              { value: NO, text: words("no") },
              { value: UNKNOWN, text: words("unknown") },
            ]}
          />
        ))}
        <ButtonRow>
          <Button>{words("continue")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}
