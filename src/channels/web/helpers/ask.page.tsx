import { askToHelp, HELPER_KINDS, MOST_LETTERS, type AskedField } from "#modules/helpers/index.ts";
import { Button, ButtonRow, Form, PageHeading, Radios, TextField } from "#ui/index.ts";
import { helperTexts } from "../texts/helpers.ts";
import { helperUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

/** Field of the form → what it is called in the module. */
const FIELDS = {
  nombre: "name",
  tipo: "kind",
  lugar: "place",
  responde: "answers",
  contacto: "contact",
  personas: "peopleAWeek",
} as const satisfies Record<string, AskedField>;
type Field = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as Field[];
type Typed = Readonly<Record<Field, string>>;
const NOTHING: Typed = { nombre: "", tipo: "", lugar: "", responde: "", contacto: "", personas: "" };

/** An organisation asks to be a helper. */
export const askPage: Route<Arrival> = {
  path: "/ayudantes/registro",
  get: (arrival) => page(arrival, NOTHING, noErrors),
  async post(arrival) {
    const { language } = arrival;
    const typed = typedOf(arrival.request.body, NAMES);
    // Nobody's session and contact stand beside what she asks.
    const ctx = { ...arrival.ctx, actor: { kind: "visitor", sessionId: undefined } as const };
    const asked = Object.fromEntries(NAMES.map((name) => [FIELDS[name], typed[name]])) as Record<AskedField, string>;
    const outcome = await askToHelp(ctx, asked);
    if (outcome.ok) return goTo(arrival, helperUrls.asked(language));
    const { refusal } = outcome;
    const t = helperTexts(language);
    if (refusal.code === "too_many_asked")
      return page(arrival, typed, errorsOf([{ field: "nombre", key: "too_many_asked" } as const], t));
    const wrong = NAMES.filter((name) => refusal.fields.includes(FIELDS[name]));
    const problems = wrong.map((field) => ({ field, key: `wrong_${FIELDS[field]}` as const }));
    return page(arrival, typed, errorsOf(problems, t));
  },
};

/** The same for every request, whether the organisation was known or not. */
export const askedPage: Route<Arrival> = {
  path: "/ayudantes/registro/recibido",
  get(arrival) {
    const t = helperTexts(arrival.language);
    return show(arrival, {
      title: t("askedTitle"),
      address: helperUrls.asked,
      children: (
        <>
          <PageHeading lead={t("askedLead")}>{t("askedTitle")}</PageHeading>
          <p>{t("askedText")}</p>
          <ButtonRow>
            <Button tone="secondary" href={helperUrls.desk(arrival.language)}>
              {t("back")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

function page(arrival: Arrival, typed: Typed, errors: Errors): Answer {
  const { language } = arrival;
  const t = helperTexts(language);
  const text = (name: Field, label: string, hint?: string) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      error={errors.of(name)}
      value={typed[name]}
      autoComplete="off"
      maxLength={MOST_LETTERS}
    />
  );
  return show(arrival, {
    title: t("askTitle"),
    address: helperUrls.ask,
    back: helperUrls.desk,
    errors,
    children: (
      <>
        <PageHeading lead={t("askLead")}>{t("askTitle")}</PageHeading>
        <Form action={helperUrls.ask(language)}>
          {text("nombre", t("name"), t("nameHint"))}
          <Radios
            name="tipo"
            label={t("kind")}
            error={errors.of("tipo")}
            value={typed.tipo}
            options={HELPER_KINDS.map((kind) => ({ value: kind, text: t(`kind_${kind}`) }))}
          />
          {text("lugar", t("place"))}
          {text("responde", t("answers"), t("answersHint"))}
          {text("contacto", t("contact"))}
          <TextField
            name="personas"
            label={t("peopleAWeek")}
            hint={t("peopleAWeekHint")}
            error={errors.of("personas")}
            value={typed.personas}
            width={10}
            inputMode="numeric"
            autoComplete="off"
          />
          <ButtonRow>
            <Button>{t("send")}</Button>
          </ButtonRow>
          <p className="hint">{t("privacy")}</p>
        </Form>
      </>
    ),
  });
}
