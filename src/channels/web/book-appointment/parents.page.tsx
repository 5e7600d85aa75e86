import type { Parent } from "#modules/booking/index.ts";
import { absentParentOf } from "#modules/offices/index.ts";
import { Button, ButtonRow, DateField, Form, Notice, Radios, TextField, type Choice } from "#ui/index.ts";
import { journeyErrors, journeyTexts, type JourneyError } from "../texts/journey.ts";
import { visitTexts } from "../texts/visit.ts";
import { journeyUrls } from "../urls.ts";
import { peopleOf, withPerson } from "../visit/party.ts";
import { errorsOf, noErrors, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { answer, ask, personCalled, personNumber, type Step } from "./journey.tsx";
import { checkParents, REASONS, typedParents, type TypedParent, type TypedParents } from "./parents.form.ts";

/** Who is on a child's record, and how each takes part: the commonest reason to go home without a passport. */
export const parentsPage: Step = {
  path: "/cita/persona/:person/padres",
  position: (visit) => ({ step: "parents", person: personNumber(visit) }),
  get: (visit) => page(visit, typedFrom(peopleOf(visit.draft)[personNumber(visit) - 1]!.parents), noErrors),

  post(visit) {
    const typed = typedParents(visit.request.body);
    const checked = checkParents(typed, visit.today);
    if (!checked.ok)
      return page(
        visit,
        typed,
        errorsOf<JourneyError>(checked.problems, journeyErrors(visit.language), ["uno-permiso", "dos-permiso"]),
      );
    return answer(visit, withPerson(visit.draft, personNumber(visit), { parents: checked.value }));
  },
};

function page(visit: Visit, typed: TypedParents, errors: Errors): Answer {
  const { language } = visit;
  const t = journeyTexts(language);
  const person = personNumber(visit);
  const title = t("parentsTitle", { name: personCalled(visit, person) });
  return ask(visit, {
    position: { step: "parents", person },
    title,
    lead: t("parentsHint"),
    errors,
    children: (
      <Form action={journeyUrls.personParents(person)(language)}>
        <Radios
          name="uno-parte"
          label={t("parentFirst")}
          error={errors.of("uno-parte")}
          value={typed.uno.parte}
          options={partOptions(visit, "uno", typed.uno, errors)}
        />
        <Radios
          name="otra"
          label={t("parentSecondAsk")}
          error={errors.of("otra")}
          value={typed.otra}
          options={[
            { value: "no", text: t("parentSecondNo") },
            {
              value: "si",
              text: t("parentSecondYes"),
              more: (
                <Radios
                  name="dos-parte"
                  label={t("parentSecond")}
                  error={errors.of("dos-parte")}
                  value={typed.dos.parte}
                  options={partOptions(visit, "dos", typed.dos, errors)}
                />
              ),
            },
          ]}
        />
        <ButtonRow>
          <Button>{visitTexts(language)("save")}</Button>
        </ButtonRow>
      </Form>
    ),
  });
}

function partOptions(visit: Visit, who: "uno" | "dos", typed: TypedParent, errors: Errors): Choice[] {
  const t = journeyTexts(visit.language);
  return [
    { value: "comes", text: t("partComes") },
    {
      value: "signs_elsewhere",
      text: t("partElsewhere"),
      hint: t("partElsewhereHint"),
      more: <Permission visit={visit} who={who} typed={typed} errors={errors} />,
    },
    {
      value: "cannot",
      text: t("partCannot"),
      more: (
        <Radios
          name={`${who}-razon`}
          label={t("reasonTitle")}
          hint={t("reasonHint")}
          error={errors.of(`${who}-razon`)}
          value={typed.razon}
          options={REASONS.map((reason) => ({ value: reason, text: t(`reason_${reason}`) }))}
        />
      ),
    },
  ];
}

function Permission({
  visit,
  who,
  typed,
  errors,
}: {
  visit: Visit;
  who: "uno" | "dos";
  typed: TypedParent;
  errors: Errors;
}) {
  const { language, network, draft } = visit;
  const t = journeyTexts(language);
  const words = visitTexts(language);
  const services = peopleOf(draft)[personNumber(visit) - 1]!.services.flatMap(
    (slug) => network.serviceBySlug.get(slug) ?? [],
  );
  const permission = absentParentOf(services)?.permission;
  const name = `${who}-permiso`;
  return (
    <>
      <DateField
        name={name}
        label={t("permissionOn")}
        hint={t("permissionHint")}
        error={errors.of(name)}
        value={typed.permiso}
        labels={{ day: words("day"), month: words("month"), year: words("year") }}
      />
      {permission && (
        <Notice title={t("permissionTitle")} titleAs="p">
          <p>{t("permissionFree", { days: permission.validDays })}</p>
          <p>{permission.where[language]}</p>
          <p>{permission.mustName[language]}</p>
          <p>{permission.names[language]}</p>
        </Notice>
      )}
      {permission && (
        <Radios
          name={`${who}-hoja`}
          label={t("sheetTitle")}
          hint={t("sheetHint")}
          error={errors.of(`${who}-hoja`)}
          value={typed.hoja === "" ? "familia" : typed.hoja}
          options={[
            { value: "familia", text: t("sheetFamily"), hint: t("sheetFamilyHint") },
            {
              value: "email",
              text: t("sheetEmail"),
              more: (
                <TextField
                  name={`${who}-correo`}
                  label={t("sheetEmailBox")}
                  type="email"
                  value={typed.correo}
                  error={errors.of(`${who}-correo`)}
                  autoComplete="off"
                  inputMode="email"
                  autoCapitalize="none"
                />
              ),
            },
            {
              value: "sms",
              text: t("sheetSms"),
              more: (
                <TextField
                  name={`${who}-celular`}
                  label={t("sheetSmsBox")}
                  hint={t("sheetSmsHint")}
                  type="tel"
                  value={typed.celular}
                  error={errors.of(`${who}-celular`)}
                  width={20}
                  autoComplete="off"
                  inputMode="tel"
                />
              ),
            },
          ]}
        />
      )}
    </>
  );
}

function typedFrom(parents: readonly Parent[] | undefined): TypedParents {
  return {
    uno: typedParent(parents?.[0]),
    otra: parents === undefined ? "" : parents.length > 1 ? "si" : "no",
    dos: typedParent(parents?.[1]),
  };
}

function typedParent(parent: Parent | undefined): TypedParent {
  const [year = "", month = "", day = ""] = parent?.permissionOn?.split("-").map((part) => String(Number(part))) ?? [];
  const { kind, address = "" } = parent?.sheetTo ?? {};
  return {
    parte: parent?.part ?? "",
    razon: parent?.reason ?? "",
    permiso: { day, month, year },
    hoja: kind ?? "",
    correo: kind === "email" ? address : "",
    celular: kind === "sms" ? address : "",
  };
}
