import { askEmergency, EMERGENCY_KINDS, NEEDED_BY, type EmergencyQuestion } from "#modules/emergencies/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading, Radios, Select, TextField } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { emergencyAskTexts } from "../texts/emergency-ask.ts";
import { emergencyUrls, noticeUrls, publicUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import {
  errorsOf,
  goTo,
  noErrors,
  save,
  show,
  withSession,
  type Answer,
  type Arrival,
  type Errors,
  type Route,
  type Visit,
} from "../visit/visit.tsx";
import { EMERGENCY_NUMBER, SafeExit } from "./lines.tsx";
import { BY_NOTICE, BY_PHONE, checkQuestion, typedQuestion, type TypedQuestion } from "./question.ts";

/** Two questions, where, and how to answer. One page, no script, no paper. */
export const askPage: Route<Arrival> = {
  path: "/emergencia/pedir",

  get(arrival) {
    const { draft, request, network } = arrival;
    const { oficina } = typedOf(request.query, ["oficina"]);
    const known = [oficina, draft.officeId, draft.wish.officeId].find((id) => network.officeById.has(id ?? ""));
    return page(arrival, { que: "", cuando: "", oficina: known ?? "", forma: "", telefono: "" }, noErrors);
  },

  async post(arrival) {
    const typed = typedQuestion(arrival.request.body);
    const checked = checkQuestion(typed, arrival.network);
    const t = emergencyAskTexts(arrival.language);
    if (!checked.ok) return page(arrival, typed, errorsOf(checked.problems, t));
    const visit = await withSession(arrival);
    const question = checked.value;
    if (question.phone === undefined && visit.session.contactId === undefined) {
      const { phone: _, ...pending } = question;
      return goTo(await save(visit, { ...visit.draft, emergency: pending }), noticeUrls.contact(visit.language));
    }
    return send(visit, question, (errors) => page(visit, typed, errors));
  },
};

/** Asks, and leads to its page; also once the contact of a question that waited is proved. */
export async function send(visit: Visit, question: EmergencyQuestion, again: (errors: Errors) => Answer): Answer {
  const { ctx, draft, language } = visit;
  const t = emergencyAskTexts(language);
  const outcome = await askEmergency(ctx, question);
  const field = question.phone === undefined ? "forma" : "telefono";
  if (outcome.ok) {
    if (draft.emergency) await save(visit, { ...draft, emergency: undefined });
    return goTo(visit, noticeUrls.one(outcome.value.id)(language));
  }
  const { refusal } = outcome;
  switch (refusal.code) {
    case "already_asked":
      return goTo(visit, noticeUrls.one(refusal.id)(language));
    case "too_many_asked":
      return again(
        errorsOf([{ field, key: refusal.code }], (key) => t(key, { most: refusal.most, days: refusal.days })),
      );
    case "unknown_office":
      return again(errorsOf([{ field: "oficina", key: "office_missing" }], t));
    case "prove_contact":
      return again(errorsOf([{ field: "forma", key: refusal.code }], t));
    case "invalid_phone":
      return again(errorsOf([{ field, key: refusal.code }], t));
  }
}

export function page(arrival: Arrival, typed: TypedQuestion, errors: Errors): Answer {
  const { language, network, session } = arrival;
  const t = emergencyAskTexts(language);
  const offices = [...network.offices].sort((a, b) =>
    a.shortName[language].localeCompare(b.shortName[language], language),
  );
  const verified = session?.contactId !== undefined;
  return show(arrival, {
    title: t("title"),
    address: emergencyUrls.ask(),
    back: publicUrls.emergency,
    errors,
    exit: <SafeExit language={language} />,
    children: (
      <>
        <PageHeading lead={t("lead")}>{t("heading")}</PageHeading>
        <Notice tone="danger">
          <p>{t.rich("danger", phoneTexts(EMERGENCY_NUMBER))}</p>
        </Notice>
        <Form action={emergencyUrls.ask()(language)}>
          <Radios
            name="que"
            label={t("kind")}
            error={errors.of("que")}
            value={typed.que}
            options={EMERGENCY_KINDS.map((kind) => ({ value: kind, text: t(`kind_${kind}`) }))}
          />
          <Radios
            name="cuando"
            label={t("needed")}
            error={errors.of("cuando")}
            value={typed.cuando}
            options={NEEDED_BY.map((when) => ({ value: when, text: t(`needed_${when}`) }))}
          />
          <Select
            name="oficina"
            label={t("office")}
            error={errors.of("oficina")}
            value={typed.oficina}
            options={[
              { value: "", text: t("officeChoose") },
              ...offices.map((office) => ({ value: office.id, text: office.shortName[language] })),
            ]}
          />
          <Radios
            name="forma"
            label={t("reach")}
            error={errors.of("forma")}
            value={typed.forma}
            options={[
              {
                value: BY_PHONE,
                text: t("reach_phone"),
                pictogram: "phone",
                more: (
                  <TextField
                    name="telefono"
                    label={t("phone")}
                    hint={t("reach_phoneHint")}
                    type="tel"
                    value={typed.telefono}
                    error={errors.of("telefono")}
                    width={20}
                    autoComplete="tel"
                    inputMode="tel"
                  />
                ),
              },
              verified
                ? { value: BY_NOTICE, text: t("reach_verified"), pictogram: "message" }
                : { value: BY_NOTICE, text: t("reach_contact"), hint: t("reach_contactHint"), pictogram: "message" },
            ]}
          />
          <ButtonRow>
            <Button>{t("ask")}</Button>
          </ButtonRow>
          <p className="hint">
            {t("promise")} {t("kept")}
          </p>
        </Form>
      </>
    ),
  });
}
