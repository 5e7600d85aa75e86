import { getAccount, JOINING_HOURS, type Account } from "#modules/people/index.ts";
import { HOUR_MS, localDateAt } from "#kernel/time.ts";
import { MIDDLE_ZONE } from "#modules/offices/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading, Radios } from "#ui/index.ts";
import { accountErrors, accountTexts } from "../texts/account.ts";
import { dateInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { accountUrls, appointmentUrls, journeyUrls } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { errorsOf, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";
import { doorPage } from "./door.tsx";
import { isAccount } from "./entering.ts";

export const CONTACT = "contacto";
/** The choice that nothing is sent at all. */
export const NOBODY = "ninguno";
const DONE = ["hecha", "agregado", "llave", "sin-llave", "avisos", "quitado", "cerradas"] as const;

/** The account, for who is in one; its door for everybody else. */
export const accountPage: Route<Arrival> = {
  path: "/mi-cuenta",
  get: (arrival) => (isAccount(arrival.session) ? ownPage(arrival) : doorPage(arrival)),
};

export async function ownPage(arrival: Arrival, problem?: "unknown_contact" | "not_yet" | "newer_waits"): Answer {
  const { language, ctx, request, session } = arrival;
  const t = accountTexts(language);
  const { listo } = typedOf(request.query, ["listo"]);
  const done = problem === undefined ? DONE.find((one) => one === listo) : undefined;
  const say = accountErrors(language);
  const errors =
    problem === undefined
      ? noErrors
      : errorsOf([{ field: CONTACT, key: problem }], (key) => say(key, { hours: JOINING_HOURS }));
  const account = await getAccount(ctx);
  return show(arrival, {
    title: t("title"),
    address: accountUrls.page,
    errors,
    children: (
      <>
        {done && (
          <Notice tone="success">
            <p role="status">{t(`done_${done}`, { hours: JOINING_HOURS })}</p>
          </Notice>
        )}
        <PageHeading lead={t("ownLead")}>{t("title")}</PageHeading>
        <ButtonRow>
          <Button href={appointmentUrls.open(language)}>{t("toAppointments")}</Button>
          <Button tone="secondary" href={journeyUrls.start()(language)}>
            {t("toBooking")}
          </Button>
        </ButtonRow>
        <Writing account={account} language={language} errors={errors} now={ctx.now} />
        <Passkeys account={account} language={language} />
        <Elsewhere account={account} language={language} own={session!.id} now={ctx.now} />
      </>
    ),
  });
}

function Writing({
  account: { contacts },
  language,
  errors,
  now,
}: {
  account: Account;
  language: Language;
  errors: Errors;
  now: Date;
}) {
  const t = accountTexts(language);
  const chosen = contacts.find((one) => one.writtenTo)?.id ?? NOBODY;
  return (
    <section aria-labelledby="writing-title">
      <h2 id="writing-title">{t("writingTitle")}</h2>
      <Form action={accountUrls.writing(language)}>
        <Radios
          name={CONTACT}
          label={t("writing")}
          hint={t("writingHint")}
          error={errors.of(CONTACT)}
          value={chosen}
          options={[
            ...contacts.map((one) => ({
              value: one.id,
              text: one.masked,
              pictogram: pictogramOf(one.kind),
              ...(one.writableFrom > now &&
                !one.writtenTo && {
                  disabled: true,
                  hint: t("writingFrom", { day: dateInWords(localDateAt(one.writableFrom, MIDDLE_ZONE), language) }),
                }),
            })),
            { value: NOBODY, text: t("writingNobody"), hint: t("writingNobodyHint"), pictogram: "lock" as const },
          ]}
        />
        <ButtonRow>
          <Button>{t("writingSave")}</Button>
          <Button tone="secondary" href={accountUrls.contact(language)}>
            {t("addContact")}
          </Button>
        </ButtonRow>
      </Form>
      {contacts.map((one) => (
        <Form key={one.id} action={accountUrls.removeContact(language)} hidden={{ [CONTACT]: one.id }}>
          <ButtonRow>
            <Button tone="secondary">{t("removeContact", { masked: one.masked })}</Button>
          </ButtonRow>
        </Form>
      ))}
    </section>
  );
}

function pictogramOf(kind: Account["contacts"][number]["kind"]): "mail" | "message" | "listen" {
  return kind === "email" ? "mail" : kind === "voice" ? "listen" : "message";
}

function Passkeys({ account: { passkeys }, language }: { account: Account; language: Language }) {
  const t = accountTexts(language);
  return (
    <section aria-labelledby="passkeys-title">
      <h2 id="passkeys-title">{t("passkeysTitle")}</h2>
      <p>{t("passkeys", { count: passkeys.length })}</p>
      <ButtonRow>
        <Button tone="secondary" href={accountUrls.newPasskey(language)}>
          {t("toPasskey")}
        </Button>
      </ButtonRow>
      {passkeys.map((one) => (
        <Form key={one.id} action={accountUrls.removePasskey(language)} hidden={{ [CONTACT]: one.id }}>
          <ButtonRow>
            <Button tone="secondary">
              {t("removePasskey", { day: dateInWords(localDateAt(one.createdAt, MIDDLE_ZONE), language) })}
            </Button>
          </ButtonRow>
        </Form>
      ))}
      <h3>{t("pinAgainTitle")}</h3>
      <p>{t("pinAgainText")}</p>
      <Form action={accountUrls.newPin(language)}>
        <ButtonRow>
          <Button tone="secondary">{t("pinAgain")}</Button>
        </ButtonRow>
      </Form>
    </section>
  );
}

/** Where it is open: of a place or a device nothing is known, so nothing is said. */
function Elsewhere({
  account: { sessions },
  language,
  own,
  now,
}: {
  account: Account;
  language: Language;
  own: string;
  now: Date;
}) {
  const t = accountTexts(language);
  return (
    <section aria-labelledby="elsewhere-title">
      <h2 id="elsewhere-title">{t("elsewhereTitle")}</h2>
      <ul>
        {sessions.map((one) => {
          const hours = Math.floor((now.getTime() - one.verifiedAt.getTime()) / HOUR_MS);
          return (
            <li key={one.id}>
              {t(one.channel === "phone" ? "openByPhone" : "openOnWeb")} · {t(`open_${one.language}`)} ·{" "}
              {one.id === own ? t("openHere") : t("openSince", { hours })}
            </li>
          );
        })}
      </ul>
      <p>{t("elsewhereText")}</p>
      <Form action={accountUrls.elsewhere(language)}>
        <ButtonRow>
          <Button tone="danger">{t("elsewhere")}</Button>
        </ButtonRow>
      </Form>
    </section>
  );
}
