import { MOST_PEOPLE_ONLINE } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, PageHeading, Radios } from "#ui/index.ts";
import { phoneInWords } from "../texts/format.ts";
import { journeyErrors, journeyTexts } from "../texts/journey.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, noErrors, show, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { answer, ask, type Step } from "./journey.tsx";

const MORE = "mas";

/** How many come. Six or more are not refused: a person helps them. */
export const peoplePage: Step = {
  path: "/cita/personas",
  position: () => ({ step: "people" }),
  get: (visit) => page(visit, visit.draft.people?.toString(), noErrors),

  post(visit) {
    const { personas } = typedOf(visit.request.body, ["personas"]);
    if (personas === MORE) return morePage(visit);
    const people = /^\d$/.test(personas) ? Number(personas) : 0;
    if (people >= 1 && people <= MOST_PEOPLE_ONLINE) {
      const changed = people !== visit.draft.people;
      return answer(visit, { ...visit.draft, people, ...(changed && { hold: undefined, prepared: false }) });
    }
    return page(
      visit,
      personas,
      errorsOf([{ field: "personas", key: "people_missing" }], journeyErrors(visit.language)),
    );
  },
};

function page(visit: Visit, people: string | undefined, errors: Errors): Answer {
  const { language } = visit;
  const t = journeyTexts(language);
  const counts = Array.from({ length: MOST_PEOPLE_ONLINE }, (_, i) => i + 1);
  return ask(visit, {
    position: { step: "people" },
    title: t("peopleTitle"),
    asksItself: true,
    errors,
    children: (
      <Form action={journeyUrls.people(language)}>
        <Radios
          name="personas"
          heading
          label={t("peopleTitle")}
          hint={t("peopleHint")}
          error={errors.of("personas")}
          value={people}
          options={[
            ...counts.map((n) => ({
              value: String(n),
              text: n === 1 ? t("peopleOne") : t("peopleMany", { n }),
              pictogram: n === 1 ? ("adult" as const) : ("family" as const),
            })),
            { value: MORE, text: t("peopleMore"), pictogram: "phone" as const },
          ]}
        />
        <ButtonRow>
          <Button>{visitTexts(language)("continue")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}

function morePage(visit: Visit): Answer {
  const { language, network } = visit;
  const t = journeyTexts(language);
  return show(visit, {
    title: t("moreTitle"),
    address: journeyUrls.people,
    back: journeyUrls.people,
    children: (
      <>
        <PageHeading lead={t("moreText")}>{t("moreTitle")}</PageHeading>
        <p>{t("moreCall", { phone: phoneInWords(network.lines.appointments) })}</p>
        <Form action={journeyUrls.people(language)} hidden={{ personas: String(MOST_PEOPLE_ONLINE) }}>
          <ButtonRow>
            <Button>{t("moreFive")}</Button>
            <Button tone="secondary" href={journeyUrls.people(language)}>
              {t("moreBack")}
            </Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}
