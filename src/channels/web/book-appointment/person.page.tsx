import type { LocalDate } from "#kernel/ids.ts";
import { curpDiffers, type ApplicantDetails } from "#modules/booking/index.ts";
import {
  Button,
  ButtonRow,
  Checkboxes,
  DateField,
  fieldId,
  Form,
  Notice,
  Radios,
  Select,
  TextField,
  type DatePart,
} from "#ui/index.ts";
import { STATE_NAMES } from "../texts/birth-states.ts";
import { journeyErrors, journeyTexts, type JourneyError } from "../texts/journey.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { peopleOf, withPerson } from "../visit/party.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { answer, ask, personNumber, type Step } from "./journey.tsx";
import { BIRTH, checkPerson, SURE, typedPerson, type TypedPerson } from "./person.form.ts";

/** Who somebody is, as on the acta. */
export const personPage: Step = {
  path: "/cita/persona/:person",
  position: (visit) => ({ step: "person", person: personNumber(visit) }),
  get: (visit) => page(visit, typedFrom(peopleOf(visit.draft)[personNumber(visit) - 1]?.details), {}),

  post(visit) {
    const person = personNumber(visit);
    const typed = typedPerson(visit.request.body);
    const checked = checkPerson(typed, visit.today);
    if (!checked.ok) {
      const asked = checked.problems.find((one) => one.field === SURE);
      if (asked) return page(visit, typed, { question: journeyErrors(visit.language)(asked.key) });
      const date = checked.problems.find((one) => one.field === BIRTH);
      const errors = errorsOf<JourneyError>(checked.problems, journeyErrors(visit.language), [BIRTH]);
      return page(visit, typed, { errors, wrong: date?.wrong });
    }
    const before = peopleOf(visit.draft)[person - 1]!;
    const draft = withPerson(visit.draft, person, { details: checked.value });
    // Another birth date means other services and other papers, so that they are asked again.
    if (before.details && before.details.bornOn !== checked.value.bornOn)
      return answer(visit, forgetWhatFollows(draft, person));
    return answer(visit, draft);
  },
};

function forgetWhatFollows(draft: Visit["draft"], person: number): Visit["draft"] {
  return { ...withPerson(draft, person, { services: [], parents: undefined }), prepared: false, hold: undefined };
}

interface Beside {
  readonly errors?: Errors;
  /** The parts of the birth date that are meant. */
  readonly wrong?: readonly DatePart[] | undefined;
  /** Where the CURP says otherwise than the rest: a question, and no mistake. */
  readonly question?: string;
}

function page(visit: Visit, typed: TypedPerson, { errors = noErrors, wrong, question }: Beside): Answer {
  const { language, draft } = visit;
  const t = journeyTexts(language);
  const words = visitTexts(language);
  const person = personNumber(visit);
  const several = (draft.people ?? 1) > 1;
  return ask(visit, {
    position: { step: "person", person },
    title: several ? t("personTitle") : t("personTitleFirst"),
    caption: several && words("personOf", { n: person, total: draft.people ?? 1 }),
    lead: t("personHint"),
    errors,
    children: (
      <Form action={journeyUrls.person(person)(language)}>
        {question !== undefined && (
          <Notice title={t("curpAskTitle")}>
            <p>
              <a href={`#${fieldId(SURE)}`}>{question}</a>
            </p>
          </Notice>
        )}
        <TextField
          name="nombre"
          label={t("givenNames")}
          value={typed.nombre}
          error={errors.of("nombre")}
          autoCapitalize="words"
          autoComplete="off"
        />
        <TextField
          name="apellido1"
          label={t("firstSurname")}
          value={typed.apellido1}
          error={errors.of("apellido1")}
          autoCapitalize="words"
          autoComplete="off"
        />
        <TextField
          name="apellido2"
          label={t("secondSurname")}
          hint={t("secondSurnameHint")}
          value={typed.apellido2}
          error={errors.of("apellido2")}
          autoCapitalize="words"
          autoComplete="off"
        />
        <TextField
          name="otro"
          label={t("otherName")}
          hint={t("otherNameHint")}
          value={typed.otro}
          error={errors.of("otro")}
          autoCapitalize="words"
          autoComplete="off"
        />
        <DateField
          name={BIRTH}
          label={t("bornOn")}
          hint={t("bornOnHint")}
          error={errors.of(BIRTH)}
          wrong={wrong}
          value={typed.nacio}
          labels={{ day: words("day"), month: words("month"), year: words("year") }}
        />
        <Select
          name="lugar"
          label={t("bornIn")}
          error={errors.of("lugar")}
          value={typed.lugar}
          options={[
            { value: "", text: t("bornInChoose") },
            { value: "NE", text: t("bornAbroad") },
            ...Object.entries(STATE_NAMES).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Radios
          name="sexo"
          label={t("sex")}
          error={errors.of("sexo")}
          value={typed.sexo}
          inline
          options={[
            { value: "M", text: t("sexM") },
            { value: "H", text: t("sexH") },
            { value: "X", text: t("sexX") },
          ]}
        />
        <TextField
          name="curp"
          label={t("curp")}
          hint={t("curpHint")}
          value={typed.curp}
          error={errors.of("curp")}
          width={20}
          code
          autoCapitalize="characters"
          autoComplete="off"
        />
        {(question !== undefined || typed.seguro !== "") && (
          <Checkboxes
            name={SURE}
            label={t("curpSureLabel")}
            values={[typed.seguro]}
            options={[{ value: "si", text: t("curpSure"), hint: t("curpSureHint") }]}
          />
        )}
        <ButtonRow>
          <Button>{words("save")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}

function typedFrom(details: Omit<ApplicantDetails, "parents"> | undefined): TypedPerson {
  const [year = "", month = "", day = ""] = details === undefined ? [] : partsOf(details.bornOn);
  return {
    nombre: details?.givenNames ?? "",
    apellido1: details?.firstSurname ?? "",
    apellido2: details?.secondSurname ?? "",
    otro: details?.otherName ?? "",
    nacio: { day, month, year },
    lugar: details?.bornIn ?? "",
    sexo: details?.sex ?? "",
    curp: details?.curp ?? "",
    seguro: details && curpDiffers(details).length > 0 ? "si" : "",
  };
}

function partsOf(date: LocalDate): string[] {
  return date.split("-").map((part) => String(Number(part)));
}
