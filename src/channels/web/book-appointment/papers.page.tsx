import { checkChain, nextStepsFor } from "#modules/offices/index.ts";
import { Button, ButtonRow, Notice } from "#ui/index.ts";
import { papersTexts } from "../texts/papers.ts";
import { journeyUrls } from "../urls.ts";
import { Costs, NextSteps, Papers } from "../visit/bring.tsx";
import { membersOf } from "../visit/party.ts";
import type { Visit } from "../visit/visit.tsx";
import { memberName } from "../visit/words.ts";
import { ask, type Step } from "./journey.tsx";

/** What to bring, by the answers: to print, to photograph, and what the clerk will see. */
export const papersPage: Step = {
  path: "/cita/papeles",
  // It stands after the checklist: whoever may choose a place has it behind her.
  position: () => ({ step: "place" }),

  get(visit) {
    const { language, network, draft, today } = visit;
    const t = papersTexts(language);
    const on = draft.localDate ?? today;
    const props = { language, network, members: membersOf(draft, network, on), answers: draft.answers, on };
    return ask(visit, {
      position: { step: "prepare" },
      address: journeyUrls.papers,
      title: t("papersTitle"),
      lead: t("papersLead"),
      children: (
        <>
          <NextSteps {...props} />
          <Suggestions visit={visit} />
          <Papers {...props} />
          <Costs {...props} />
          <p className="hint no-print">{t("print")}</p>
          <ButtonRow>
            <Button href={journeyUrls.place(language)}>{t("continue")}</Button>
            <Button tone="secondary" href={journeyUrls.prepare(language)}>
              {t("changeAnswers")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

/** Services that build on each other, and a service that an answer calls for. */
function Suggestions({ visit }: { visit: Visit }) {
  const { language, network, draft, today } = visit;
  const t = papersTexts(language);
  const members = membersOf(draft, network, draft.localDate ?? today);
  const chains = members.map((member) => checkChain(network, member.services));
  const conditions = [...new Set(chains.flatMap((chain) => chain.conditions.map((condition) => condition[language])))];
  const people = members.map((member) => ({ age: member.age, services: member.services.map((one) => one.slug) }));
  const additions = nextStepsFor(network, people, draft.answers).flatMap(({ addService, ordinals }) => {
    const service = addService && network.serviceBySlug.get(addService);
    if (!service) return [];
    const wanting = ordinals.filter((ordinal) => !members[ordinal - 1]!.services.includes(service));
    return wanting.map((ordinal) => ({
      ordinal,
      text: t("addService", { service: service.name[language], name: memberName(members[ordinal - 1]!) }),
    }));
  });
  return (
    <>
      {conditions.length > 0 && (
        <Notice title={chains.every((chain) => chain.oneVisit) ? t("conditions") : t("twoVisits")}>
          {conditions.map((condition) => (
            <p key={condition}>{condition}</p>
          ))}
        </Notice>
      )}
      {additions.length > 0 && (
        <ul className="no-print">
          {additions.map(({ ordinal, text }) => (
            <li key={text}>
              <a href={journeyUrls.personServices(ordinal)(language)}>{text}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
