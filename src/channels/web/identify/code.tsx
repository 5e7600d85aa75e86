import { verifyCode } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, TextField } from "#ui/index.ts";
import { setSessionCookie, webContext } from "../session.ts";
import { identifyErrors, identifyTexts } from "../texts/identify.ts";
import type { Language } from "../texts/texts.ts";
import type { Address } from "../urls.ts";
import type { Draft } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, type Answer, type Errors, type Visit } from "../visit/visit.tsx";

const FIELD = "codigo";

export function CodeForm({
  language,
  action,
  contact,
  typed,
  errors,
}: {
  language: Language;
  action: Address;
  contact: Address;
  typed: string;
  errors: Errors;
}) {
  const t = identifyTexts(language);
  return (
    <>
      <Form action={action(language)}>
        <TextField
          name={FIELD}
          label={t("code")}
          hint={t("codeHint")}
          value={typed}
          error={errors.of(FIELD)}
          width={10}
          code
          autoComplete="one-time-code"
          inputMode="numeric"
        />
        <ButtonRow>
          <Button>{t("codeButton")}</Button>
        </ButtonRow>
      </Form>
      <p>
        <a href={contact(language)}>{t("again")}</a>
      </p>
    </>
  );
}

/** The sentence above the box. It promises nothing that would tell whether the address is known. */
export function codeLead({ contact }: Draft, language: Language): string {
  const t = identifyTexts(language);
  const masked = contact?.masked ?? "";
  switch (contact?.kind) {
    case "sms":
      return t("codeLeadSms", { masked });
    case "voice":
      return t("codeLeadVoice", { masked });
    default:
      return t("codeLeadEmail", { masked });
  }
}

/** Tries the code; on success the browser gets the session's new token. */
export async function tryCode(
  visit: Visit,
  again: (typed: string, errors: Errors) => Answer,
  verified: (visit: Visit) => Answer,
): Answer {
  const { web, language, ctx, session, request, reply } = visit;
  const { codigo } = typedOf(request.body, [FIELD]);
  const outcome = await verifyCode(ctx, { sessionId: session.id, code: codigo });
  if (!outcome.ok) {
    const { code } = outcome.refusal;
    // A code that can never be right is not given back to be sent again.
    return again(
      code === "code_expired" ? "" : codigo,
      errorsOf([{ field: FIELD, key: code }], identifyErrors(language)),
    );
  }
  setSessionCookie(web.services, reply, outcome.value.token);
  return verified(withNewSession(visit, outcome.value.session));
}

export function withNewSession(visit: Visit, session: Visit["session"]): Visit {
  const { web, request, language, ctx } = visit;
  return { ...visit, session, ctx: webContext(web.services, session, request, language, ctx.purpose) };
}
