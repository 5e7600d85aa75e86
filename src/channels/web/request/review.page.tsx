import type { Wish } from "#modules/allocation/index.ts";
import { changeRequest, requestPlaces, type PlacesRequest, type RequestRefusal } from "#modules/booking/index.ts";
import { Button, ButtonRow, Checkboxes, Form, SummaryList, type SummaryRow } from "#ui/index.ts";
import { ask, goToNext, personCalled, type Step } from "../book-appointment/journey.tsx";
import { ownPinPage, withOwnPin } from "../book-appointment/own-pin.tsx";
import { refusalPage } from "../book-appointment/refusals.tsx";
import { changer, PeopleSummary } from "../book-appointment/summary.tsx";
import { requestTexts } from "../texts/request.ts";
import { reviewTexts } from "../texts/review.ts";
import { journeyUrls, requestUrls, withQuery } from "../urls.ts";
import { afterRequest } from "../visit/draft.ts";
import { listOf, typedOf } from "../visit/forms.ts";
import { findVisitProblem, requestsOf } from "../visit/party.ts";
import { goTo, save, type Answer, type Visit } from "../visit/visit.tsx";
import { groupsAsked, nextDraw, wishFrom } from "./asking.ts";
import { chanceAt, ChanceInWords } from "./chance.tsx";
import { DrawHours, momentAt } from "./notice.tsx";
import { requestRefusedPage } from "./refused.tsx";
import { claimsInWords, datesInWords, daysInWords, officesInWords, readBack } from "./words.ts";

const CONFIRM_FIELD = "confirmar";
const SOON_FIELD = "pronto";
const DELICATE_FIELD = "delicada";

/** Everything once more as the system reads it, then the one button that files, or writes a standing request anew. */
export const requestPage: Step = {
  path: "/cita/pedir/revisar",
  position: () => ({ step: "request" }),
  get: (visit) => page(visit),

  async post(visit) {
    const { ctx, session, draft, network, today, language } = visit;
    const draw = await nextDraw(visit);
    const wish = draw && wishFrom(visit);
    if (session.contactId === undefined) return goToNext(visit);
    if (draw === undefined || draw.first.opensAt > ctx.now) return requestRefusedPage(visit, { code: "no_draw" });
    if (wish === undefined) return goToNext(visit);
    const applicants = requestsOf(draft, network, today);
    for (const day of [draw.first.horizonFrom, draw.first.horizonTo]) {
      const problem = findVisitProblem(applicants, network, day);
      if (problem) return refusalPage(visit, problem);
    }
    const [confirms, soon] = [CONFIRM_FIELD, SOON_FIELD].map((field) =>
      listOf(visit.request.body, field).includes("1"),
    );
    const { delicada } = typedOf(visit.request.body, [DELICATE_FIELD]);
    const { changes } = draft.asking!;
    const own = delicada === "1" && !changes ? await withOwnPin(visit) : undefined;
    if (own)
      return ownPinPage(own, {
        action: journeyUrls.request,
        hidden: {
          [DELICATE_FIELD]: "1",
          ...(confirms && { [CONFIRM_FIELD]: "1" }),
          ...(soon && { [SOON_FIELD]: "1" }),
        },
        button: requestTexts(language)("send"),
      });
    const asked: PlacesRequest = {
      contactId: session.contactId,
      applicants,
      wish,
      declared: draft.asking!.declared ?? [],
      autoConfirm: confirms!,
      shortNotice: soon!,
      delicate: delicada === "1",
      checklist: draft.answers,
    };
    const outcome = changes ? await changeRequest(ctx, changes, asked) : await requestPlaces(ctx, asked);
    if (!outcome.ok) return refused(visit, outcome.refusal);
    const { requestId } = outcome.value;
    await save(visit, afterRequest(draft, requestId));
    return goTo(visit, withQuery(requestUrls.one(requestId)(language), { listo: changes ? "cambiada" : "enviada" }));
  },
};

function refused(visit: Visit, refusal: RequestRefusal): Answer {
  switch (refusal.code) {
    case "no_draw":
    case "bad_options":
    case "too_many_people":
    case "already_filed":
    case "unknown_request":
      return requestRefusedPage(visit, refusal);
    default:
      return refusalPage(visit, refusal);
  }
}

async function page(visit: Visit): Answer {
  const { language, network, draft, today, ctx } = visit;
  const t = requestTexts(language);
  const draw = await nextDraw(visit);
  const wish = wishFrom(visit);
  if (draw === undefined || wish === undefined) return requestRefusedPage(visit, { code: "no_draw" });
  const office = network.officeById.get(wish.offices[0]!)!;
  const people = requestsOf(draft, network, today);
  const groups = groupsAsked(visit);
  const chance = await chanceAt(visit, draw, { office, groups, persons: people.length });
  const asking = draft.asking!;
  // After a lock nothing can be sent before the next draw opens.
  const opensLater = draw.first.opensAt > ctx.now;
  return ask(visit, {
    position: { step: "request" },
    title: t(asking.changes ? "changeTitle" : "reviewTitle"),
    lead: opensLater
      ? t("reviewLater", momentAt(draw.first.opensAt, office, language, today))
      : t(asking.changes ? "changeLead" : "reviewLead"),
    children: (
      <>
        <h2>{t("asks")}</h2>
        <SummaryList rows={wishRows(visit, wish)} />
        <h2>{t("reads")}</h2>
        {readBack(wish, network, language).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <PeopleSummary visit={visit} people={people} />
        <h2>{t("hoursTitle")}</h2>
        <DrawHours language={language} office={office} draw={draw} now={ctx.now} />
        <ChanceInWords language={language} chance={chance} office={office} />
        {!opensLater && <Send visit={visit} />}
      </>
    ),
  });
}

/** The two consents and the one button. */
function Send({ visit: { language, draft } }: { visit: Visit }) {
  const t = requestTexts(language);
  const asking = draft.asking!;
  return (
    <Form action={journeyUrls.request(language)}>
      <Checkboxes
        name={CONFIRM_FIELD}
        label={t("confirmLabel")}
        values={asking.autoConfirm ? ["1"] : []}
        options={[{ value: "1", text: t("autoConfirm"), hint: t("autoConfirmHint") }]}
      />
      <Checkboxes
        name={SOON_FIELD}
        label={t("soonLabel")}
        values={asking.shortNotice ? ["1"] : []}
        options={[{ value: "1", text: t("shortNotice"), hint: t("shortNoticeHint") }]}
      />
      <p>
        {t("sharedSame")} {t("free")}
      </p>
      <ButtonRow>
        <Button>{t(asking.changes ? "saveChange" : "send")}</Button>
        <Button tone="secondary" name={DELICATE_FIELD} value="1">
          {t("sendDelicate")}
        </Button>
      </ButtonRow>
      <p className="hint">{reviewTexts(language)("delicateHint")}</p>
    </Form>
  );
}

function wishRows(visit: Visit, wish: Wish): SummaryRow[] {
  const { language, network, draft, session } = visit;
  const t = requestTexts(language);
  const change = changer(language);
  const { until, declared = [] } = draft.asking!;
  const claims = claimsInWords(declared, (ordinal) => personCalled(visit, ordinal), language);
  const untilChange = change(journeyUrls.until, t("about_until"));
  return [
    {
      key: t("where"),
      value: officesInWords(wish.offices, network, language),
      change: change(journeyUrls.where, t("about_where")),
    },
    { key: t("when"), value: daysInWords(wish, language), change: change(journeyUrls.when, t("about_when")) },
    { key: t("until"), value: datesInWords(until!, language), change: untilChange },
    ...(wish.offices.length > 1
      ? [
          {
            key: t("priority"),
            value:
              wish.first === "day"
                ? t("priorityDay")
                : t("priorityOffice", { city: officesInWords(wish.offices.slice(0, 1), network, language) }),
          },
        ]
      : []),
    {
      key: t("else"),
      value:
        wish.orElse.length > 0
          ? t("elseYes", { offices: officesInWords(wish.orElse, network, language) })
          : t("elseNo"),
    },
    {
      key: t("claims"),
      value: claims.length === 0 ? t("claimNone") : claims.join("; "),
      change: change(journeyUrls.claims, t("about_claims")),
    },
    {
      key: reviewTexts(language)("contact"),
      value: session.contactKind === "card" ? reviewTexts(language)("contactCard") : (draft.contact?.masked ?? ""),
    },
  ];
}
