import { Button, Form, TextField } from "#ui/index.ts";
import { officeTexts } from "../texts/offices.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";

/** Longer than any name of a place. */
export const PLACE_LENGTH = 80;

interface PlaceFormProps {
  language: Language;
  value?: string | undefined;
  error?: string | undefined;
  /** The service whose days the results tell. */
  service?: string | undefined;
}

/** Asks for a postal code or a city. What is typed stands in the address of the results and nowhere else. */
export function PlaceForm({ language, value, error, service }: PlaceFormProps) {
  const t = officeTexts(language);
  return (
    <Form action={publicUrls.search()(language)} method="get" hidden={service ? { tramite: service } : {}}>
      <TextField
        name="lugar"
        label={t("placeLabel")}
        hint={t("placeHint")}
        error={error}
        value={value}
        width={20}
        autoComplete="postal-code"
        maxLength={PLACE_LENGTH}
      />
      <Button tone="secondary">{t("placeButton")}</Button>
    </Form>
  );
}
