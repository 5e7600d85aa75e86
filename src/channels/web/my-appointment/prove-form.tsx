import { Button, ButtonRow, DateField, Form, TextField } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import type { Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import { appointmentUrls } from "../urls.ts";
import type { TypedDate } from "../visit/forms.ts";
import type { Errors } from "../visit/visit.tsx";

export const FOLIO = "folio";
export const BIRTH = "nacio";

export interface TypedProof {
  readonly folio: string;
  readonly nacio: TypedDate;
}

export const untypedProof: TypedProof = { folio: "", nacio: { day: "", month: "", year: "" } };

/** Folio or a birth date: what only the family knows beside the contact. */
export function ProveForm({ language, typed, errors }: { language: Language; typed: TypedProof; errors: Errors }) {
  const t = appointmentTexts(language);
  const words = visitTexts(language);
  return (
    <Form action={appointmentUrls.prove(language)}>
      <p>{t("proveLead")}</p>
      <TextField
        name={FOLIO}
        label={t("proveFolio")}
        hint={t("proveFolioHint")}
        value={typed.folio}
        error={errors.of(FOLIO)}
        width={20}
        code
        autoCapitalize="characters"
        autoComplete="off"
      />
      <DateField
        name={BIRTH}
        label={t("proveBirth")}
        value={typed.nacio}
        error={errors.of(BIRTH)}
        labels={{ day: words("day"), month: words("month"), year: words("year") }}
      />
      <ButtonRow>
        <Button>{t("proveButton")}</Button>
      </ButtonRow>
    </Form>
  );
}
