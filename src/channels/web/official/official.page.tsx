import { checkOfficial, MOST_JUDGED, officialFacts } from "#modules/adverts/index.ts";
import type { Network } from "#modules/offices/index.ts";
import { Button, ButtonRow, Form, Notice, PageHeading, SummaryList, Textarea } from "#ui/index.ts";
import { bold, Call, linkTo } from "../links.tsx";
import type { Seen } from "../public-page.ts";
import type { Page } from "../shell.tsx";
import { phoneInWords } from "../texts/format.ts";
import { officialTexts } from "../texts/official.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { errorsOf, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

/** Below it are the pages of the ministry and of every consulate. */
const GOVERNMENT_HOSTS = ["gob.mx"];
const NEVER = ["never1", "never2", "never3", "never4", "never5", "never6"] as const;

/** What this service never does, the same for everybody. */
export function officialPage({ language, network, publicOrigin }: Seen): Page {
  const t = officialTexts(language);
  return {
    language,
    title: t("title"),
    description: t("description"),
    address: publicUrls.official,
    children: <Content language={language} network={network} publicOrigin={publicOrigin} typed="" errors={noErrors} />,
  };
}

/** Whether a number, page or message is ours. What is typed is judged and forgotten: it stands in no address and no row. */
export const checkedPage: Route<Arrival> = {
  path: "/oficial",
  async post(arrival) {
    const typed = typedText(arrival.request.body);
    if (typed === "")
      return page(arrival, typed, errorsOf([{ field: "que", key: "check_missing" }], officialTexts(arrival.language)));
    return page(arrival, typed, noErrors);
  },
};

function typedText(body: unknown): string {
  const value: unknown =
    typeof body === "object" && body !== null ? (body as Record<string, unknown>)["que"] : undefined;
  return typeof value === "string" ? value.trim().slice(0, MOST_JUDGED) : "";
}

function page(arrival: Arrival, typed: string, errors: Errors): Answer {
  const { language, network, web } = arrival;
  const { publicOrigin } = web.services;
  return show(arrival, {
    title: officialTexts(language)("title"),
    address: publicUrls.official,
    errors,
    children: <Content {...{ language, network, publicOrigin, typed, errors }} />,
  });
}

interface Asked {
  readonly language: Language;
  readonly network: Network;
  readonly publicOrigin: string;
  readonly typed: string;
}

function Content({ errors, ...asked }: Asked & { errors: Errors }) {
  const { language, network, publicOrigin, typed } = asked;
  const t = officialTexts(language);
  const { host } = new URL(publicOrigin);
  return (
    <>
      <PageHeading lead={t("lead")}>{t("heading")}</PageHeading>
      {typed !== "" && <Found {...asked} />}
      <h2>{t("checkTitle")}</h2>
      <Form action={publicUrls.official(language)}>
        <Textarea
          name="que"
          label={t("checkLabel")}
          hint={t("checkHint")}
          error={errors.of("que")}
          value={typed}
          rows={4}
          maxLength={MOST_JUDGED}
        />
        <Button>{t("check")}</Button>
      </Form>
      <ul>
        {NEVER.map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
      <p>{t("paid")}</p>
      <h2>{t("paperTitle")}</h2>
      <p>{t("paper", { host })}</p>
      <h2>{t("listTitle")}</h2>
      <p>{t.rich("listHost", { host, b: bold })}</p>
      <SummaryList
        rows={[
          { key: t("listLine"), value: <Call phone={network.lines.appointments} /> },
          { key: t("listCiam"), value: <Call phone={network.lines.ciam} /> },
        ]}
      />
      <p>{t.rich("listOffices", { a: linkTo(publicUrls.offices(language)) })}</p>
      <h2>{t("tellTitle")}</h2>
      <p>{t("tellText")}</p>
      <ButtonRow>
        <Button tone="secondary" href={publicUrls.reportAdvert(language)}>
          {t("tell")}
        </Button>
      </ButtonRow>
    </>
  );
}

function Found({ language, network, publicOrigin, typed }: Asked) {
  const t = officialTexts(language);
  const { found, asksForMoney, asksForCode } = checkOfficial(typed, factsOf(network, publicOrigin));
  const isFine = found.length > 0 && found.every((one) => one.official) && !asksForMoney && !asksForCode;
  return (
    <Notice tone={isFine ? "success" : "warning"} title={t("resultTitle")}>
      {found.length === 0 && <p>{t("nothing")}</p>}
      {found.map(({ kind, value, official }) => (
        <p key={`${kind} ${value}`}>
          {t.rich(kind === "account" ? "account" : `${kind}_${official ? "yes" : "no"}`, {
            value: kind === "phone" && value.startsWith("+") ? phoneInWords(value) : value,
            b: bold,
          })}
        </p>
      ))}
      {asksForMoney && <p>{t("money")}</p>}
      {asksForCode && <p>{t("codeAsked")}</p>}
      {found.some((one) => one.kind === "phone") && <p>{t("callerId")}</p>}
    </Notice>
  );
}

/** What the site itself tells the public to call and to write to. */
function factsOf({ lines, offices }: Network, publicOrigin: string) {
  const facts = offices.map((office) => office.publicFacts);
  return officialFacts({
    host: new URL(publicOrigin).hostname,
    governmentHosts: GOVERNMENT_HOSTS,
    phones: [
      ...[lines.appointments, lines.ciam],
      ...facts.flatMap(({ phone, duty_line }) => [phone?.value ?? [], duty_line?.value ?? []].flat()),
    ],
    emails: facts.flatMap(({ email }) => email?.value ?? []),
  });
}
