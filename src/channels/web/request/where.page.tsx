import { MOST_OFFICES } from "#modules/allocation/index.ts";
import { Button, ButtonRow, Checkboxes, Form } from "#ui/index.ts";
import { answer, ask, type Step } from "../book-appointment/journey.tsx";
import { distanceInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { listOf } from "../visit/forms.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { officesChosen, officesOffered } from "./asking.ts";

const FIELD = "consulado";

/** To which offices the party can go; the one that was chosen before is the preferred one. */
export const wherePage: Step = {
  path: "/cita/pedir/consulados",
  position: () => ({ step: "where" }),

  get(visit) {
    const chosen = officesChosen(visit);
    return page(visit, chosen.length > 0 ? chosen : [visit.draft.officeId!], noErrors);
  },

  post(visit) {
    const { draft, language } = visit;
    const typed = listOf(visit.request.body, FIELD);
    const offices = officesOffered(visit)
      .map(({ office }) => office.id)
      .filter((id) => typed.includes(id));
    const unknown = typed.length > offices.length;
    if (!unknown && offices.length > 0 && offices.length <= MOST_OFFICES)
      return answer(visit, { ...draft, asking: { ...draft.asking!, offices } });
    const key = offices.length === 0 || unknown ? ("where_missing" as const) : ("where_many" as const);
    const say = requestTexts(language);
    return page(
      visit,
      typed,
      errorsOf([{ field: FIELD, key }], (one) => say(one, { most: MOST_OFFICES })),
    );
  },
};

function page(visit: Visit, chosen: readonly string[], errors: Errors): Answer {
  const { language, network, draft } = visit;
  const t = requestTexts(language);
  const preferred = network.officeById.get(draft.officeId!)!;
  return ask(visit, {
    position: { step: "where" },
    title: t("whereTitle"),
    asksItself: true,
    errors,
    children: (
      <Form action={journeyUrls.where(language)}>
        <Checkboxes
          name={FIELD}
          heading
          label={t("whereTitle")}
          hint={t("whereHint", { most: MOST_OFFICES })}
          error={errors.of(FIELD)}
          values={chosen}
          options={officesOffered(visit).map(({ office, km }) => ({
            value: office.id,
            text: office.shortName[language],
            hint:
              office.id === preferred.id
                ? t("wherePreferred")
                : t("distanceFrom", {
                    distance: distanceInWords(km, office.country, language),
                    city: preferred.shortName[language],
                  }),
          }))}
        />
        <ButtonRow>
          <Button>{visitTexts(language)("save")}</Button>
          <Button tone="secondary" href={journeyUrls.place(language)}>
            {t("whereOther")}
          </Button>
        </ButtonRow>
      </Form>
    ),
  });
}
