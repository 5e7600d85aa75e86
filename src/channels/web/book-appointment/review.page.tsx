import { book, extendHold, HOLD_MINUTES } from "#modules/booking/index.ts";
import { bookGranted, type EmergencyId, type WhoComes } from "#modules/emergencies/index.ts";
import { newId } from "#platform/random.ts";
import { Button, ButtonRow, Form, HoldTimer } from "#ui/index.ts";
import { linkTo } from "../links.tsx";
import { reviewTexts } from "../texts/review.ts";
import { findDay } from "../special-days/choice.ts";
import { VenueNotice } from "../special-days/venue.tsx";
import { journeyUrls, noticeUrls, withQuery } from "../urls.ts";
import { afterBooking, type DraftHold } from "../visit/draft.ts";
import { typedOf } from "../visit/forms.ts";
import { requestsOf } from "../visit/party.ts";
import { goTo, save, type Answer, type Visit } from "../visit/visit.tsx";
import { timeAt } from "../visit/words.ts";
import { ask, goToNext, type Step } from "./journey.tsx";
import { ownPinPage, withOwnPin } from "./own-pin.tsx";
import { refusalPage } from "./refusals.tsx";
import { Summary } from "./summary.tsx";

/** Seconds after which, without script, the page tells anew how long the place is kept (engineering 23). */
const REFRESH_SECONDS = 30;
const SECOND_MS = 1000;
/** The caller's key of a repeated confirmation belongs to this route. */
const ROUTE = "POST /cita/revisar";
const KEY = /^[0-9a-f-]{36}$/;

/** Everything once more, then the one button that books. */
export const reviewPage: Step = {
  path: "/cita/revisar",
  // A hold that ran out is told here, not by a silent way back.
  position: () => ({ step: "time" }),

  get(visit) {
    const { hold } = visit.draft;
    if (hold === undefined) return goToNext(visit);
    if (new Date(hold.heldUntil) <= visit.ctx.now) return refusalPage(visit, { code: "hold_expired" });
    return page(visit, hold);
  },

  async post(visit) {
    const { hold } = visit.draft;
    if (hold === undefined || visit.session.contactId === undefined) return goToNext(visit);
    const typed = typedOf(visit.request.body, ["accion", "clave", "completo", "delicada"]);
    if (typed.accion === "mas") return extend(visit, hold);
    const own = typed.delicada === "1" && !hold.kept ? await withOwnPin(visit, hold) : undefined;
    if (!own) return confirm(visit, hold, typed);
    return ownPinPage(own, {
      action: journeyUrls.review,
      hidden: { clave: newId<string>(), delicada: "1" },
      button: reviewTexts(visit.language)("confirm"),
    });
  },
};

async function confirm(
  visit: Visit,
  hold: DraftHold,
  typed: { clave: string; completo: string; delicada: string },
): Answer {
  const { ctx, session, draft, network } = visit;
  const { officeId, localDate, holdId, specialDayId } = hold;
  const applicants = requestsOf(draft, network, localDate);
  const wanted = { officeId, localDate, startsAt: new Date(hold.startsAt), specialDayId };
  if (hold.kept) return confirmKept(visit, hold, applicants);
  const request = {
    wanted,
    holdId,
    applicants,
    checklist: draft.answers,
    fullMessage: typed.completo === "1",
    delicate: typed.delicada === "1",
  };
  const key = KEY.test(typed.clave) ? typed.clave : newId<string>();
  const outcome = await book(ctx, {
    ...request,
    contactId: session.contactId!,
    idempotency: { route: ROUTE, key, body: JSON.stringify(request) },
  });
  if (!outcome.ok) return refusalPage(visit, outcome.refusal);
  const { bookingId } = outcome.value;
  await save(visit, afterBooking(draft, bookingId));
  return goTo(visit, journeyUrls.done(bookingId)(visit.language));
}

/** The place that an office keeps for an urgent request; whatever became of that is told on its page. */
async function confirmKept(visit: Visit, { holdId }: DraftHold, applicants: readonly WhoComes[]): Answer {
  const outcome = await bookGranted(visit.ctx, holdId as EmergencyId, applicants);
  if (outcome.ok) {
    const { bookingId } = outcome.value;
    await save(visit, afterBooking(visit.draft, bookingId));
    return goTo(visit, journeyUrls.done(bookingId)(visit.language));
  }
  const { refusal } = outcome;
  return refusal.code === "unknown_emergency" || refusal.code === "not_possible"
    ? goTo(visit, noticeUrls.one(holdId)(visit.language))
    : refusalPage(visit, refusal);
}

/** Once, by as long again. Two taps at the same time are one: the page then tells what holds. */
async function extend(visit: Visit, hold: DraftHold): Answer {
  const { ctx, session, draft } = visit;
  if (!hold.extended) {
    const outcome = await extendHold(ctx, session.contactId!, {
      holdId: hold.holdId,
      heldUntil: new Date(hold.heldUntil),
    });
    if (outcome.ok)
      await save(visit, {
        ...draft,
        hold: { ...hold, heldUntil: outcome.value.heldUntil.toISOString(), extended: true },
      });
  }
  return goTo(visit, journeyUrls.review(visit.language));
}

async function page(visit: Visit, hold: DraftHold): Answer {
  const { language, ctx, network, request, session } = visit;
  const t = reviewTexts(language);
  const office = network.officeById.get(hold.officeId)!;
  const special = hold.specialDayId && (await findDay(visit, hold.specialDayId));
  const until = new Date(hold.heldUntil);
  const seconds = Math.ceil((until.getTime() - ctx.now.getTime()) / SECOND_MS);
  const minutes = Array.from({ length: Math.round(seconds / 60) + 1 }, (_, n) => n);
  const paused = typedOf(request.query, ["pausa"]).pausa !== "";
  const action = journeyUrls.review(language);
  return ask(visit, {
    position: { step: "review" },
    back: hold.kept ? noticeUrls.one(hold.holdId) : journeyUrls.time,
    title: t("title"),
    lead: t("lead"),
    ...(!hold.kept && { script: "hold-timer" }),
    ...(!hold.kept && !paused && { refreshSeconds: REFRESH_SECONDS }),
    children: (
      <>
        {!hold.kept && (
          <>
            <HoldTimer
              seconds={seconds}
              sentences={minutes.map((n) => t("left", { minutes: n }))}
              soon={t("soon")}
              last={t("last")}
              over={t.rich("over", { a: linkTo(journeyUrls.time(language)) })}
            >
              {t("hold", { until: timeAt(until, office, language) })}
            </HoldTimer>
            {!hold.extended && (
              <Form action={action} hidden={{ accion: "mas" }}>
                <Button tone="secondary">{t("more", { minutes: HOLD_MINUTES })}</Button>
              </Form>
            )}
            <noscript>
              <p className="hint">
                <a href={paused ? action : withQuery(action, { pausa: 1 })}>{t(paused ? "paused" : "pause")}</a>
              </p>
            </noscript>
          </>
        )}
        {special && <VenueNotice view={special} language={language} today={visit.today} />}
        <Summary visit={visit} hold={hold} office={office} venue={(special && special.day.venue) || undefined} />
        <Form action={action} hidden={{ clave: newId<string>() }}>
          <p>{t("free")}</p>
          <ButtonRow>
            <Button>{t("confirm")}</Button>
            {/* A button and no box to tick: a tick would not outlive the page that fetches itself again. */}
            {session.contactKind === "email" && (
              <Button tone="secondary" name="completo" value="1">
                {t("confirmFull")}
              </Button>
            )}
          </ButtonRow>
          {session.contactKind === "email" && <p className="hint">{t("fullHint")}</p>}
          {!hold.kept && (
            <>
              <ButtonRow>
                <Button tone="secondary" name="delicada" value="1">
                  {t("confirmDelicate")}
                </Button>
              </ButtonRow>
              <p className="hint">{t("delicateHint")}</p>
            </>
          )}
        </Form>
      </>
    ),
  });
}
