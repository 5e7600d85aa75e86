import { formatFolio } from "#kernel/folio.ts";
import { getDrawsAhead } from "#modules/allocation/index.ts";
import { Button, ButtonRow, Form, Notice, Slip } from "#ui/index.ts";
import { venueDayOf } from "../special-days/choice.ts";
import { ownRequestTexts } from "../texts/request-own.ts";
import { shellTexts } from "../texts/shell.ts";
import { appointmentUrls, requestUrls } from "../urls.ts";
import { withOpened } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import { fullName } from "../visit/party.ts";
import { save, show, type Route } from "../visit/visit.tsx";
import { nextDraw } from "./asking.ts";
import { chanceAt, ChanceInWords } from "./chance.tsx";
import { momentAt } from "./notice.tsx";
import type { OpenedRequest } from "./opened.tsx";
import { OwnRequestData } from "./own-data.pages.tsx";
import { Papers } from "./papers.tsx";
import { standingOf, type Standing } from "./standing.ts";
import { StandingNotice } from "./standing-notice.tsx";
import { datesInWords, daysInWords, firstDayWished, officesInWords } from "./words.ts";

/** A request, complete: its receipt, where it stands, what may still be done, and its papers. */
export const ownRequestPage: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id",

  async get(opened) {
    const { language, view, request, web, ctx, session, draft, network } = opened;
    const t = ownRequestTexts(language);
    const { listo } = typedOf(request.query, ["listo"]);
    const standing = standingOf(view, await getDrawsAhead(web.services), ctx.now);
    const office = network.officeById.get(view.wish.offices[0]!)!;
    const groups = [...new Set(view.needs.map((need) => need.group))];
    const chance = await chanceAt(opened, await nextDraw(opened), { office, groups, persons: view.people });
    // Whoever may see the request may see what came of it: the people are the same.
    if (view.bookingId !== null && !draft.opened.includes(view.bookingId))
      await save(opened, withOpened(draft, [view.bookingId]));
    const offered = standing.kind === "offered" ? (standing.draw.seating ?? []) : [];
    const away = await venueDayOf(
      opened,
      offered.map((one) => one.sessionId),
    );
    const done =
      listo === "cambiada" || listo === "retirada" || listo === "no"
        ? t(({ cambiada: "changed", retirada: "withdrawn", no: "declined" } as const)[listo])
        : undefined;
    const sent = listo === "enviada" && view.state === "standing";
    return show(opened, {
      title: t(sent ? "sent" : "title"),
      address: requestUrls.one(view.id),
      back: appointmentUrls.open,
      children: (
        <>
          {done && (
            <Notice tone="success">
              <p role="status">{done}</p>
            </Notice>
          )}
          {sent ? (
            <Notice tone="success" title={t("sent")} titleAs="h1">
              <p>{t("sentText")}</p>
              {session.contactKind !== "card" && <p>{t("sentMessage")}</p>}
            </Notice>
          ) : (
            <h1>{t("title")}</h1>
          )}
          <StandingNotice opened={opened} standing={standing} away={away} />
          {standing.kind === "waiting" && <ChanceInWords language={language} office={office} chance={chance} />}
          <Receipt opened={opened} />
          <Change opened={opened} standing={standing} />
          <Papers language={language} view={view} />
          <OwnRequestData opened={opened} />
        </>
      ),
    });
  },
};

function Receipt({ opened: { language, view, network, ctx } }: { opened: OpenedRequest }) {
  const t = ownRequestTexts(language);
  const { wish } = view;
  const address = `${ctx.publicOrigin}${appointmentUrls.open(language)}`.replace(/^https?:\/\//, "");
  return (
    <Slip
      title={t("slipTitle")}
      brand={shellTexts(language)("serviceName")}
      folio={{ label: t("number"), value: formatFolio(view.number) }}
      rows={[
        { key: t("people"), value: view.applicants.map(fullName).join(", ") },
        { key: t("offices"), value: officesInWords(wish.offices, network, language) },
        { key: t("days"), value: daysInWords(wish, language) },
        { key: t("dates"), value: datesInWords({ from: firstDayWished(view, network), to: wish.to }, language) },
        { key: t("confirm"), value: t(view.autoConfirm ? "confirmAuto" : "confirmAsk") },
        { key: t("soon"), value: t(view.shortNotice ? "soonYes" : "soonNo") },
      ]}
    >
      <p>{t("changeHow", { address })}</p>
    </Slip>
  );
}

/** Before the lock everything may be changed; a request may be withdrawn at any time. */
function Change({ opened, standing }: { opened: OpenedRequest; standing: Standing }) {
  const { language, view, network, today } = opened;
  if (view.state !== "standing" || !("next" in standing)) return null;
  const t = ownRequestTexts(language);
  const office = network.officeById.get(view.wish.offices[0]!)!;
  const open = view.draws.find((one) => one.answer === null && one.state === "open" && one.locksAt > opened.ctx.now);
  return (
    <section aria-labelledby="change-title" className="no-print">
      <h2 id="change-title">{t("changeTitle")}</h2>
      {open && (
        <>
          <p>{t("changeUntil", momentAt(open.locksAt, office, language, today))}</p>
          <Form action={requestUrls.change(view.id)(language)}>
            <Button tone="secondary">{t("change")}</Button>
          </Form>
        </>
      )}
      <ButtonRow>
        <Button tone="secondary" href={requestUrls.withdraw(view.id)(language)}>
          {t("withdraw")}
        </Button>
      </ButtonRow>
    </section>
  );
}
