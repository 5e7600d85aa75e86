import { Button, ButtonRow, Checkboxes, DateField, Form, Radios } from "#ui/index.ts";
import { answer, ask, type Step } from "../book-appointment/journey.tsx";
import { dayInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { errorsOf, goTo, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { nextDraw, officesChosen, officesElse } from "./asking.ts";
import { checkUntil, typedUntil, UNTIL_DATES, untilAsTyped, type TypedUntil } from "./until.form.ts";

/** From when until when, and what counts more when both cannot be had. */
export const untilPage: Step = {
  path: "/cita/pedir/fechas",
  position: () => ({ step: "until" }),

  get: (visit) => page(visit, untilAsTyped(visit.draft.asking?.until), noErrors),

  async post(visit) {
    const draw = await nextDraw(visit);
    if (draw === undefined) return goTo(visit, journeyUrls.day(visit.language));
    const typed = typedHere(visit);
    const checked = checkUntil(typed, draw.first);
    if (!checked.ok) return page(visit, typed, errorsOf(checked.problems, requestTexts(visit.language), UNTIL_DATES));
    return answer(visit, { ...visit.draft, asking: { ...visit.draft.asking!, until: checked.value } });
  },
};

/** What was typed; a question that is not asked here is not answered either. */
function typedHere(visit: Visit): TypedUntil {
  const typed = typedUntil(visit.request.body);
  return {
    ...typed,
    ...(officesChosen(visit).length > 1 ? {} : { importa: "dia" }),
    ...(officesElse(visit).length > 0 ? {} : { otro: "" }),
  };
}

async function page(visit: Visit, typed: TypedUntil, errors: Errors): Answer {
  const { language, network, today } = visit;
  const draw = await nextDraw(visit);
  // No draw is announced: the day's page says so.
  if (draw === undefined) return goTo(visit, journeyUrls.day(language));
  const t = requestTexts(language);
  const words = visitTexts(language);
  const labels = { day: words("day"), month: words("month"), year: words("year") };
  const offices = officesChosen(visit).map((id) => network.officeById.get(id)!.shortName[language]);
  return ask(visit, {
    position: { step: "until" },
    title: t("untilTitle"),
    lead: t("untilLead", {
      from: dayInWords(draw.first.horizonFrom, language, today),
      to: dayInWords(draw.first.horizonTo, language, today),
    }),
    errors,
    children: (
      <Form action={journeyUrls.until(language)}>
        <Radios
          name="desde"
          label={t("from")}
          error={errors.of("desde")}
          value={typed.desde}
          options={[
            { value: "ya", text: t("from_any") },
            {
              value: "fecha",
              text: t("from_day"),
              more: (
                <DateField
                  name="desdeDia"
                  label={t("fromDay")}
                  value={typed.desdeDia}
                  error={errors.of("desdeDia")}
                  labels={labels}
                />
              ),
            },
          ]}
        />
        <Radios
          name="hasta"
          label={t("to")}
          error={errors.of("hasta")}
          value={typed.hasta}
          options={[
            { value: "siempre", text: t("to_any") },
            {
              value: "fecha",
              text: t("to_day"),
              more: (
                <DateField
                  name="hastaDia"
                  label={t("toDay")}
                  value={typed.hastaDia}
                  error={errors.of("hastaDia")}
                  labels={labels}
                />
              ),
            },
          ]}
        />
        {offices.length > 1 && (
          <Radios
            name="importa"
            error={errors.of("importa")}
            label={t("first")}
            value={typed.importa}
            options={[
              { value: "dia", text: t("first_day"), pictogram: "calendar" },
              { value: "consulado", text: t("first_office", { city: offices[0]! }), pictogram: "office" },
            ]}
          />
        )}
        {officesElse(visit).length > 0 && (
          <Checkboxes
            name="otro"
            error={errors.of("otro")}
            label={t("orElse")}
            values={[typed.otro]}
            options={[
              {
                value: "si",
                text: t("orElseYes"),
                hint: officesElse(visit)
                  .map((id) => network.officeById.get(id)!.shortName[language])
                  .join(", "),
              },
            ]}
          />
        )}
        <ButtonRow>
          <Button>{words("save")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}
