import { openWithCard } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, TextField } from "#ui/index.ts";
import { setSessionCookie } from "../session.ts";
import { phoneInWords } from "../texts/format.ts";
import { identifyErrors, identifyTexts } from "../texts/identify.ts";
import type { Address } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, type Answer, type Arrival, type Errors, type Visit } from "../visit/visit.tsx";
import { withNewSession } from "./code.tsx";

export interface TypedCard {
  readonly folio: string;
  readonly pin: string;
}

export function CardForm({
  visit,
  action,
  contact,
  typed,
  errors,
}: {
  visit: Arrival;
  action: Address;
  contact: Address;
  typed: TypedCard;
  errors: Errors;
}) {
  const { language, network } = visit;
  const t = identifyTexts(language);
  return (
    <>
      <Form action={action(language)}>
        <TextField
          name="folio"
          label={t("cardFolio")}
          hint={t("cardFolioHint")}
          value={typed.folio}
          error={errors.of("folio")}
          width={20}
          code
          autoCapitalize="characters"
          autoComplete="off"
        />
        <TextField
          name="pin"
          label={t("cardPin")}
          value={typed.pin}
          error={errors.of("pin")}
          width={10}
          code
          inputMode="numeric"
          autoComplete="off"
        />
        <ButtonRow>
          <Button>{t("cardButton")}</Button>
        </ButtonRow>
      </Form>
      <h2>{t("cardNoneTitle")}</h2>
      <p>{t("cardNone", { phone: phoneInWords(network.lines.appointments) })}</p>
      <p>
        <a href={contact(language)}>{t("otherWay")}</a>
      </p>
    </>
  );
}

/** Opens with folio and PIN; on success the browser gets the session's new token. A wrong PIN is not given back. */
export async function tryCard(
  visit: Visit,
  again: (typed: TypedCard, errors: Errors) => Answer,
  verified: (visit: Visit) => Answer,
  join = false,
): Answer {
  const { web, language, ctx, session, request, reply } = visit;
  const typed = typedOf(request.body, ["folio", "pin"]);
  const outcome = await openWithCard(ctx, { sessionId: session.id, ...typed, join });
  if (!outcome.ok)
    return again(
      { ...typed, pin: "" },
      errorsOf([{ field: "folio", key: outcome.refusal.code }], identifyErrors(language)),
    );
  setSessionCookie(web.services, reply, outcome.value.token);
  return verified(withNewSession(visit, outcome.value.session));
}
