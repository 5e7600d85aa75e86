import { ageOn } from "#kernel/time.ts";
import { amountDue, checkChain, findServiceProblem, servicesForAge } from "#modules/offices/index.ts";
import type { ServiceSlug } from "#kernel/ids.ts";
import { Button, ButtonRow, Checkboxes, Form, PageHeading } from "#ui/index.ts";
import { phoneInWords } from "../texts/format.ts";
import { journeyErrors, journeyTexts } from "../texts/journey.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import type { Draft } from "../visit/draft.ts";
import { listOf } from "../visit/forms.ts";
import { peopleOf, withPerson } from "../visit/party.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { amountWithYear } from "../visit/words.ts";
import { answer, ask, personCalled, personNumber, type Step } from "./journey.tsx";

const FIELD = "tramite";

/** What one person comes for: one to three services of the same visit. */
export const servicesPage: Step = {
  path: "/cita/persona/:person/tramites",
  position: (visit) => ({ step: "services", person: personNumber(visit) }),

  get(visit) {
    const person = personNumber(visit);
    const { services } = peopleOf(visit.draft)[person - 1]!;
    const wished = person === 1 && visit.draft.wish.service ? [visit.draft.wish.service] : [];
    return page(visit, services.length > 0 ? services : wished, noErrors);
  },

  post(visit) {
    const person = personNumber(visit);
    const { network } = visit;
    const chosen = listOf(visit.request.body, FIELD);
    const problem = findServiceProblem(network, { age: ageOf(visit), services: chosen });
    if (problem)
      return page(visit, chosen, errorsOf([{ field: FIELD, key: problem.code }], journeyErrors(visit.language)));
    const { order } = checkChain(
      network,
      chosen.map((slug) => network.serviceBySlug.get(slug)!),
    );
    return answer(
      visit,
      withServices(
        visit.draft,
        person,
        order.map((service) => service.slug),
      ),
    );
  },
};

/** Other services mean other papers and other places; who is on the record stays. */
function withServices(draft: Draft, person: number, services: ServiceSlug[]): Draft {
  const same = peopleOf(draft)[person - 1]!.services.join() === services.join();
  return same ? draft : { ...withPerson(draft, person, { services }), prepared: false, hold: undefined };
}

function page(visit: Visit, chosen: readonly string[], errors: Errors): Answer {
  const { language, network, today } = visit;
  const t = journeyTexts(language);
  const person = personNumber(visit);
  const title = t("servicesTitle", { name: personCalled(visit, person) });
  const age = ageOf(visit);
  const services = servicesForAge(network, age);
  const hint = (service: (typeof services)[number]): string => {
    const due = amountDue({ age, services: [service] }, today);
    return due.lines[0]!.choices.length === 0 ? visitTexts(language)("feeUnknown") : amountWithYear(due, language);
  };
  return ask(visit, {
    position: { step: "services", person },
    title,
    asksItself: services.length > 0,
    errors,
    children:
      services.length === 0 ? (
        <PageHeading lead={t("servicesNone", { phone: phoneInWords(network.lines.appointments) })}>{title}</PageHeading>
      ) : (
        <Form action={journeyUrls.personServices(person)(language)}>
          <Checkboxes
            name={FIELD}
            heading
            label={title}
            hint={t("servicesHint")}
            error={errors.of(FIELD)}
            values={chosen}
            options={services.map((service) => ({
              value: service.slug,
              text: service.name[language],
              hint: hint(service),
            }))}
          />
          <ButtonRow>
            <Button>{visitTexts(language)("save")}</Button>
          </ButtonRow>
        </Form>
      ),
  });
}

function ageOf(visit: Visit): number {
  const { bornOn } = peopleOf(visit.draft)[personNumber(visit) - 1]!.details!;
  return Math.max(0, ageOn(bornOn, visit.draft.localDate ?? visit.today));
}
