import { MIDDLE_ZONE } from "#modules/offices/index.ts";
import { requestCode, type CodeKind } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, Radios, TextField } from "#ui/index.ts";
import { identifyErrors, identifyTexts } from "../texts/identify.ts";
import type { Language } from "../texts/texts.ts";
import type { Address } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, save, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { hourAt } from "../visit/words.ts";

const KINDS = ["email", "sms", "voice"] as const;
const CARD = "card";
/** The box in which each kind's address is typed. */
const BOXES: Readonly<Record<CodeKind, string>> = { email: "correo", sms: "celular", voice: "telefono" };

export interface TypedContact {
  readonly forma: string;
  readonly correo: string;
  readonly celular: string;
  readonly telefono: string;
}

/** Where the two ways lead from here. */
export interface ContactAddresses {
  readonly contact: Address;
  readonly code: Address;
  readonly card: Address;
}

export function ContactForm({
  language,
  addresses,
  typed,
  errors,
}: {
  language: Language;
  addresses: ContactAddresses;
  typed: TypedContact;
  errors: Errors;
}) {
  const t = identifyTexts(language);
  return (
    <Form action={addresses.contact(language)}>
      <Radios
        name="forma"
        label={t("kind")}
        error={errors.of("forma")}
        value={typed.forma}
        options={[
          {
            value: "email",
            text: t("kind_email"),
            pictogram: "mail",
            more: (
              <TextField
                name="correo"
                label={t("email")}
                type="email"
                value={typed.correo}
                error={errors.of("correo")}
                autoComplete="email"
                inputMode="email"
                autoCapitalize="none"
              />
            ),
          },
          {
            value: "sms",
            text: t("kind_sms"),
            pictogram: "message",
            more: <Phone name="celular" value={typed.celular} error={errors.of("celular")} language={language} />,
          },
          {
            value: "voice",
            text: t("kind_voice"),
            pictogram: "listen",
            more: <Phone name="telefono" value={typed.telefono} error={errors.of("telefono")} language={language} />,
          },
          { value: CARD, text: t("kind_card"), hint: t("cardHint"), pictogram: "paper-card" },
        ]}
      />
      <p className="hint">{t("privacy")}</p>
      <ButtonRow>
        <Button>{t("send")}</Button>
      </ButtonRow>
    </Form>
  );
}

function Phone({
  name,
  value,
  error,
  language,
}: {
  name: string;
  value: string;
  error: string | undefined;
  language: Language;
}) {
  const t = identifyTexts(language);
  return (
    <TextField
      name={name}
      label={t("phone")}
      hint={t("phoneHint")}
      type="tel"
      value={value}
      error={error}
      width={20}
      autoComplete="tel"
      inputMode="tel"
    />
  );
}

export function typedContact(body: unknown): TypedContact {
  return typedOf(body, ["forma", "correo", "celular", "telefono"]);
}

/** What this visit used before, so that nobody types it twice. */
export function knownContact({ draft }: Pick<Visit, "draft">): TypedContact {
  const { kind = "", address = "" } = draft.contact ?? {};
  return {
    forma: kind,
    correo: kind === "email" ? address : "",
    celular: kind === "sms" ? address : "",
    telefono: kind === "voice" ? address : "",
  };
}

/** Sends a code, or leads to the card. The page and its time are the same whether anybody knows the address. */
export async function sendCode(
  visit: Visit,
  typed: TypedContact,
  addresses: ContactAddresses,
  again: (errors: Errors) => Answer,
): Answer {
  const { language, ctx, session, draft } = visit;
  const say = identifyErrors(language);
  if (typed.forma === CARD) return goTo(visit, addresses.card(language));
  const kind = KINDS.find((one) => one === typed.forma);
  if (kind === undefined) return again(errorsOf([{ field: "forma", key: "kind_missing" }], say));
  const field = BOXES[kind];
  const address = typed[field as keyof TypedContact];
  const outcome = await requestCode(ctx, { sessionId: session.id, kind, address, language });
  if (outcome.ok) {
    await save(visit, {
      ...draft,
      contact: { kind, address: address.slice(0, 254), masked: outcome.value.maskedAddress },
    });
    return goTo(visit, addresses.code(language));
  }
  switch (outcome.refusal.code) {
    case "invalid_address":
      return again(errorsOf([{ field, key: kind === "email" ? "email_wrong" : "phone_wrong" }], say));
    case "too_many_codes": {
      const time = hourAt(outcome.refusal.retryAt, { zone: zoneOf(visit) }, language);
      return again(errorsOf([{ field, key: "too_many_codes" }], (key) => say(key, { time })));
    }
    // The pages send no key with it.
    case "idempotency_mismatch":
    case "no_session":
      return again(errorsOf([{ field: "forma", key: "no_session" }], say));
  }
}

/** Whose clock a waiting time is told on, also before we know where the visitor is. */
function zoneOf({ network, draft }: Visit): string {
  return (draft.officeId && network.officeById.get(draft.officeId)?.zone) ?? MIDDLE_ZONE;
}
