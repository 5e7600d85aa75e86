import { Button, ButtonRow, Checkboxes, DateField, Form } from "#ui/index.ts";
import { answer, ask, personCalled, type Step } from "../book-appointment/journey.tsx";
import { requestTexts } from "../texts/request.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import {
  checkClaims,
  claimDay,
  claimField,
  CLAIMS,
  claimsAsTyped,
  typedClaims,
  type TypedClaims,
} from "./claims.form.ts";

/** Who should not have to wait, by her own word: the paper is seen at the visit (people.md 4). */
export const claimsPage: Step = {
  path: "/cita/pedir/situacion",
  position: () => ({ step: "claims" }),

  get: (visit) => page(visit, claimsAsTyped(visit.draft.asking?.declared ?? [], visit.draft.people ?? 1), noErrors),

  post(visit) {
    const { draft, today, language } = visit;
    const people = draft.people ?? 1;
    const typed = typedClaims(visit.request.body, people);
    const checked = checkClaims(typed, today);
    if (checked.ok) return answer(visit, { ...draft, asking: { ...draft.asking!, declared: checked.value } });
    const dates = typed.map((_, i) => claimDay(i + 1));
    return page(visit, typed, errorsOf(checked.problems, requestTexts(language), dates));
  },
};

function page(visit: Visit, typed: readonly TypedClaims[], errors: Errors): Answer {
  const { language } = visit;
  const t = requestTexts(language);
  const words = visitTexts(language);
  return ask(visit, {
    position: { step: "claims" },
    title: t("claimsTitle"),
    lead: t("claimsLead"),
    errors,
    children: (
      <Form action={journeyUrls.claims(language)}>
        {typed.map(({ ticked, day }, i) => (
          <Checkboxes
            key={i}
            name={claimField(i + 1)}
            label={personCalled(visit, i + 1)}
            values={ticked}
            error={errors.of(claimField(i + 1))}
            options={CLAIMS.map((claim) => ({
              value: claim,
              text: t(`claim_${claim}`),
              ...(claim === "deadline" && {
                hint: t("claim_deadline_hint"),
                more: (
                  <DateField
                    name={claimDay(i + 1)}
                    label={t("claimDay")}
                    value={day}
                    error={errors.of(claimDay(i + 1))}
                    labels={{ day: words("day"), month: words("month"), year: words("year") }}
                  />
                ),
              }),
            }))}
          />
        ))}
        <p>{t("claimsAge")}</p>
        <p className="hint">{t("claimsHow")}</p>
        <ButtonRow>
          <Button>{words("continue")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}
