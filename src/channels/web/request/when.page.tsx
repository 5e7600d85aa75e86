import { BANDS, type Band } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Checkboxes, Form, type PictogramName } from "#ui/index.ts";
import { answer, ask, type Step } from "../book-appointment/journey.tsx";
import { weekdaysInWords } from "../texts/format.ts";
import { requestTexts } from "../texts/request.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { listOf } from "../visit/forms.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";

const WEEKDAYS = ["1", "2", "3", "4", "5", "6", "7"];
const PICTURE: Readonly<Record<Band, PictogramName>> = { morning: "morning", midday: "clock", afternoon: "afternoon" };

interface Typed {
  readonly weekdays: readonly string[];
  readonly bands: readonly string[];
}

/** Which days and parts of the day. Everything is ticked: whoever has no reason to leave one out has the best chance. */
export const whenPage: Step = {
  path: "/cita/pedir/dias",
  position: () => ({ step: "when" }),

  get(visit) {
    const when = visit.draft.asking?.when;
    return page(visit, { weekdays: when?.weekdays.map(String) ?? WEEKDAYS, bands: when?.bands ?? BANDS }, noErrors);
  },

  post(visit) {
    const { draft, request, language } = visit;
    const weekdays = listOf(request.body, "dia");
    const sent = listOf(request.body, "parte");
    const bands = BANDS.filter((one) => sent.includes(one));
    const known = weekdays.every((one) => WEEKDAYS.includes(one));
    const problems = [
      ...(weekdays.length === 0 || !known ? [{ field: "dia", key: "weekdays_missing" as const }] : []),
      ...(bands.length === 0 || sent.length > bands.length ? [{ field: "parte", key: "bands_missing" as const }] : []),
    ];
    if (problems.length > 0) return page(visit, { weekdays, bands }, errorsOf(problems, requestTexts(language)));
    const when = { weekdays: [...new Set(weekdays.map(Number))].sort((a, b) => a - b), bands };
    return answer(visit, { ...draft, asking: { ...draft.asking!, when } });
  },
};

function page(visit: Visit, { weekdays, bands }: Typed, errors: Errors): Answer {
  const { language } = visit;
  const t = requestTexts(language);
  const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
  return ask(visit, {
    position: { step: "when" },
    title: t("whenTitle"),
    lead: t("whenLead"),
    errors,
    children: (
      <Form action={journeyUrls.when(language)}>
        <Checkboxes
          name="dia"
          label={t("weekdays")}
          error={errors.of("dia")}
          values={weekdays}
          inline
          options={WEEKDAYS.map((day) => ({ value: day, text: capital(weekdaysInWords([Number(day)], language)) }))}
        />
        <Checkboxes
          name="parte"
          label={t("bands")}
          error={errors.of("parte")}
          values={bands}
          options={BANDS.map((band) => ({
            value: band,
            text: t(`band_${band}`),
            hint: t(`band_${band}_hint`),
            pictogram: PICTURE[band],
          }))}
        />
        <ButtonRow>
          <Button>{visitTexts(language)("save")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}
