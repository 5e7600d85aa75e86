import { isLocalDate } from "#kernel/time.ts";
import { hold, HOLD_MINUTES, viewTimes } from "#modules/booking/index.ts";
import type { Office } from "#modules/offices/index.ts";
import type { TimeOffer } from "#modules/schedules/index.ts";
import { Button, ButtonRow, Form, Notice } from "#ui/index.ts";
import { NoTimes } from "../choose/no-times.tsx";
import { chosenStart, TIME_FIELD, Times } from "../choose/times.tsx";
import { findDay } from "../special-days/choice.ts";
import { VenueNotice } from "../special-days/venue.tsx";
import { chooseTexts } from "../texts/choose.ts";
import { dayInWords } from "../texts/format.ts";
import type { Language } from "../texts/texts.ts";
import { journeyUrls, withQuery } from "../urls.ts";
import { typedOf } from "../visit/forms.ts";
import { findVisitProblem, needsIn, requestsOf } from "../visit/party.ts";
import { errorsOf, goTo, noErrors, save, type Answer, type Errors, type Visit } from "../visit/visit.tsx";
import { dayWords, timeAt } from "../visit/words.ts";
import { addressOf, firstMissing } from "./steps.ts";
import { ask, goToNext, progressOf, type Step } from "./journey.tsx";
import { refusalPage } from "./refusals.tsx";

/** The exact hours of a day, for a verified contact; choosing one keeps it for some minutes. */
export const timePage: Step = {
  path: "/cita/hora",
  // Whoever follows a day from the calendar is led to her contact first, and comes back with the day kept.
  position: () => ({ step: "day" }),

  async get(arrived) {
    const { dia } = typedOf(arrived.request.query, ["dia"]);
    const visit =
      isLocalDate(dia) && dia !== arrived.draft.localDate
        ? await save(arrived, { ...arrived.draft, localDate: dia, specialDayId: undefined, asking: undefined })
        : arrived;
    const missing = firstMissing(progressOf(visit));
    if (missing.step !== "time" && missing.step !== "review") return goTo(visit, addressOf(missing)(visit.language));
    return page(visit);
  },

  async post(visit) {
    const { ctx, session, draft, network } = visit;
    if (session.contactId === undefined || draft.localDate === undefined) return goToNext(visit);
    const startsAt = chosenStart(typedOf(visit.request.body, [TIME_FIELD]).hora);
    const applicants = requestsOf(draft, network, draft.localDate);
    const problem = findVisitProblem(applicants, network, draft.localDate);
    if (startsAt === undefined || problem) return page(visit, "missing");
    const wanted = {
      officeId: draft.officeId!,
      localDate: draft.localDate,
      startsAt,
      specialDayId: draft.specialDayId,
    };
    const outcome = await hold(ctx, { contactId: session.contactId, wanted, applicants });
    if (!outcome.ok)
      return outcome.refusal.code === "place_taken" ? page(visit, "taken") : refusalPage(visit, outcome.refusal);
    const { holdId, heldUntil } = outcome.value;
    const held = {
      ...wanted,
      holdId,
      heldUntil: heldUntil.toISOString(),
      startsAt: startsAt.toISOString(),
      extended: false,
    };
    await save(visit, { ...draft, hold: held });
    return goTo(visit, journeyUrls.review(visit.language));
  },
};

/** Somebody may have been faster, or no hour was sent: then the hours are shown anew, with what is left. */
async function page(visit: Visit, again?: "taken" | "missing"): Answer {
  const { language, ctx, draft, network, today, session } = visit;
  const t = chooseTexts(language);
  const office = network.officeById.get(draft.officeId!)!;
  const localDate = draft.localDate!;
  const applicants = requestsOf(draft, network, localDate);
  const problem = findVisitProblem(applicants, network, localDate);
  if (problem) return refusalPage(visit, problem);
  const needs = needsIn(applicants, network);
  const { specialDayId } = draft;
  const special = specialDayId && (await findDay(visit, specialDayId));
  const viewed = await viewTimes(ctx, session.contactId!, { officeId: office.id, localDate, specialDayId, needs });
  if (!viewed.ok) return refusalPage(visit, viewed.refusal);
  const offers = viewed.value;
  const empty = offers.length > 0 ? undefined : localDate;
  return ask(visit, {
    position: { step: "time" },
    back: journeyUrls.day,
    title: t("timeTitle"),
    lead: t("timeLead", {
      day: dayWords(localDate, language, today),
      office: special?.day.venue?.name ?? office.name[language],
      city: office.shortName[language],
    }),
    errors: again === "missing" && offers.length > 0 ? hourMissing(language) : noErrors,
    ...(again === "taken" && { status: 409 }),
    ...(again === "missing" && { status: 422 }),
    children: (
      <>
        {again === "taken" && (
          <Notice tone="warning">
            <p role="alert">{t("taken")}</p>
          </Notice>
        )}
        {special && <VenueNotice view={special} language={language} today={today} />}
        <Kept visit={visit} />
        {offers.length > 0 ? (
          <Hours visit={visit} office={office} offers={offers} />
        ) : (
          <NoTimes
            arrival={visit}
            office={office}
            applicants={applicants}
            localDate={localDate}
            hrefOf={(date) => withQuery(journeyUrls.time(language), { dia: date })}
            mayDivide
          />
        )}
        <ButtonRow>
          <Button tone="secondary" href={withQuery(journeyUrls.day(language), { sin: empty })}>
            {t("otherDay")}
          </Button>
        </ButtonRow>
      </>
    ),
  });
}

function hourMissing(language: Language): Errors {
  return errorsOf([{ field: TIME_FIELD, key: "time_missing" }], chooseTexts(language));
}

/** The hour that is kept already is not among the free ones: without this it would seem lost. */
function Kept({ visit: { language, draft, network, ctx, today } }: { visit: Visit }) {
  const { hold } = draft;
  if (hold === undefined || new Date(hold.heldUntil) <= ctx.now) return null;
  const t = chooseTexts(language);
  const time = timeAt(new Date(hold.startsAt), network.officeById.get(hold.officeId)!, language);
  return (
    <Notice>
      <p>{t("kept", { day: dayInWords(hold.localDate, language, today), time })}</p>
      <p>
        <a href={journeyUrls.review(language)}>{t("keepKept")}</a>
      </p>
    </Notice>
  );
}

function Hours({
  visit: { language, draft },
  office,
  offers,
}: {
  visit: Visit;
  office: Office;
  offers: readonly TimeOffer[];
}) {
  const t = chooseTexts(language);
  return (
    <>
      <p>
        {t("timeHelp", { minutes: HOLD_MINUTES })} {(draft.people ?? 1) > 1 && t("timeTogether")}
      </p>
      <Form action={journeyUrls.time(language)}>
        <Times language={language} office={office} offers={offers} />
      </Form>
    </>
  );
}
