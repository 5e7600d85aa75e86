import {
  MOST_LINK,
  MOST_WORDS,
  PLATFORMS,
  reportAdvert,
  type AdvertReport,
  type ReportRefusal,
} from "#modules/adverts/index.ts";
import { Button, ButtonRow, FileField, Form, PageHeading, Select, Textarea, TextField } from "#ui/index.ts";
import { phoneTexts } from "../links.tsx";
import { officialTexts } from "../texts/official.ts";
import { publicUrls } from "../urls.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Arrival, type Errors, type Route } from "../visit/visit.tsx";

interface Typed {
  readonly donde: string;
  readonly enlace: string;
  readonly texto: string;
  readonly foto: Buffer | undefined;
}

const NOTHING: Typed = { donde: "", enlace: "", texto: "", foto: undefined };

/** An advert, told by whoever saw it: no name, no session, no script. */
export const reportAdvertPage: Route<Arrival> = {
  path: "/oficial/avisar",
  get: (arrival) => page(arrival, NOTHING, noErrors),
  async post(arrival) {
    const typed = typedOf(arrival.request.body);
    // Nobody's session and contact stand beside what she reports.
    const ctx = { ...arrival.ctx, actor: { kind: "visitor", sessionId: undefined } as const };
    const outcome = await reportAdvert(ctx, reportOf(typed));
    if (outcome.ok) return goTo(arrival, publicUrls.reportedAdvert(arrival.language));
    const { refusal } = outcome;
    if (refusal.code === "not_allowed") throw new Error("the public may report");
    const problem = { field: fieldOf(refusal.code), key: refusal.code };
    return page(arrival, typed, errorsOf([problem], officialTexts(arrival.language)));
  },
};

/** The same for every report, whether the advert was known or not. */
export const reportedPage: Route<Arrival> = {
  path: "/oficial/avisar/recibido",
  get(arrival) {
    const { language, network } = arrival;
    const t = officialTexts(language);
    return show(arrival, {
      title: t("doneTitle"),
      address: publicUrls.reportedAdvert,
      children: (
        <>
          <PageHeading lead={t("doneLead")}>{t("doneTitle")}</PageHeading>
          <p>{t.rich("doneText", phoneTexts(network.lines.ciam))}</p>
          <ButtonRow>
            <Button href={publicUrls.home(language)}>{t("doneHome")}</Button>
            <Button tone="secondary" href={publicUrls.reportAdvert(language)}>
              {t("doneMore")}
            </Button>
          </ButtonRow>
        </>
      ),
    });
  },
};

function typedOf(body: unknown): Typed {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const text = (name: string, most: number): string => {
    const value = fields[name];
    return typeof value === "string" ? value.trim().slice(0, most) : "";
  };
  const { foto } = fields;
  return {
    donde: text("donde", MOST_LINK),
    enlace: text("enlace", MOST_LINK),
    texto: text("texto", MOST_WORDS),
    // A browser sends an empty file for a box that was left alone.
    foto: Buffer.isBuffer(foto) && foto.length > 0 ? foto : undefined,
  };
}

function reportOf({ donde, enlace, texto, foto }: Typed): AdvertReport {
  const platform = PLATFORMS.find((one) => one === donde) ?? "other";
  return { platform, link: enlace, words: texto, screenshot: foto };
}

function fieldOf(code: ReportRefusal["code"]): string {
  return code === "not_a_picture" || code === "picture_too_large" ? "foto" : "enlace";
}

function page(arrival: Arrival, typed: Typed, errors: Errors): Answer {
  const { language } = arrival;
  const t = officialTexts(language);
  return show(arrival, {
    title: t("reportTitle"),
    address: publicUrls.reportAdvert,
    back: publicUrls.official,
    errors,
    children: (
      <>
        <PageHeading lead={t("reportLead")}>{t("reportHeading")}</PageHeading>
        <Form action={publicUrls.reportAdvert(language)} files>
          <TextField
            name="enlace"
            label={t("link")}
            hint={t("linkHint")}
            error={errors.of("enlace")}
            value={typed.enlace}
            autoComplete="off"
            autoCapitalize="none"
            inputMode="url"
            maxLength={MOST_LINK}
          />
          <Textarea
            name="texto"
            label={t("words")}
            hint={t("wordsHint")}
            value={typed.texto}
            rows={5}
            maxLength={MOST_WORDS}
          />
          <FileField
            name="foto"
            label={t("picture")}
            hint={t("pictureHint")}
            error={errors.of("foto")}
            accept="image/jpeg,image/png,image/webp"
          />
          <Select
            name="donde"
            label={t("platform")}
            value={typed.donde === "" ? "facebook" : typed.donde}
            options={PLATFORMS.map((one) => ({ value: one, text: t(`platform_${one}`) }))}
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
