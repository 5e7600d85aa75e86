import { localDateAt } from "#kernel/time.ts";
import { arriveByPhone, getOwnTurn, HOUR_CODE_DIGITS, type DoorAnswer, type OwnTurn } from "#modules/visits/index.ts";
import { Button, ButtonRow, Checkboxes, Form, Notice, PageHeading, TextField, TurnPicture } from "#ui/index.ts";
import { hallTexts } from "../texts/hall.ts";
import { kioskTexts } from "../texts/kiosk.ts";
import { appointmentUrls } from "../urls.ts";
import { listOf, typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, noErrors, show, type Answer, type Errors, type Route } from "../visit/visit.tsx";
import { hourAt } from "../visit/words.ts";
import type { Opened } from "./opened.tsx";

/** A call is seen before the next one: halls call about once a minute. Our own number. */
const AGAIN_SECONDS = 20;

/** On the day itself: the way to say that one is there, or to one's turn. */
export function ArrivedToday({ opened }: { opened: Opened }) {
  const { language, view } = opened;
  const t = kioskTexts(language);
  if (view.state !== "active" || !isToday(opened)) return null;
  return (
    <Notice tone="info" title={t("phoneTitle")}>
      <p>{t("phoneLead")}</p>
      <ButtonRow>
        <Button href={appointmentUrls.turn(view.id)(language)}>{t("phoneOpen")}</Button>
      </ButtonRow>
    </Notice>
  );
}

/** Saying with one's own telephone that one is there, and following the turn. Whoever has no telephone uses paper. */
export const turnPage: Route<Opened> = {
  path: "/mi-cita/:id/turno",

  async get(opened) {
    const { ctx, view, language } = opened;
    const turn = await getOwnTurn(ctx, { officeId: view.officeId, bookingId: view.id });
    if (turn && turn.state !== "expected" && turn.state !== "left") return turnShown(opened, turn);
    if (!isToday(opened)) return goTo(opened, appointmentUrls.booking(view.id)(language));
    return asked(opened, noErrors);
  },

  async post(opened) {
    const { ctx, view, language, request } = opened;
    const { codigo } = typedOf(request.body, ["codigo"]);
    const stepFree = listOf(request.body, "sinescalones").includes("si");
    const booking = { officeId: view.officeId, bookingId: view.id };
    const outcome = await arriveByPhone(ctx, { ...booking, code: codigo, stepFree });
    if (!outcome.ok) {
      const key = outcome.refusal.code === "too_many_tries" ? "phoneTries" : "phoneWrong";
      return asked(opened, errorsOf([{ field: "codigo", key }], kioskTexts(language)));
    }
    const { verdict } = outcome.value;
    if (verdict === "pass" || verdict === "inside") return goTo(opened, appointmentUrls.turn(view.id)(language));
    return asked(opened, noErrors, outcome.value);
  },
};

function asked(opened: Opened, errors: Errors, told?: DoorAnswer): Answer {
  const { language, view, network } = opened;
  const t = kioskTexts(language);
  const office = network.officeById.get(view.officeId)!;
  return show(opened, {
    title: t("phoneTitle"),
    address: appointmentUrls.turn(view.id),
    back: appointmentUrls.booking(view.id),
    errors,
    children: (
      <>
        <PageHeading lead={t("phoneLead")}>{t("phoneTitle")}</PageHeading>
        {told && (
          <Notice tone="warning" title={t(`${told.verdict}_title`)}>
            <p role="status">
              {t(told.verdict, told.from ? { time: hourAt(told.from, office, language) } : undefined)}
            </p>
          </Notice>
        )}
        <Form action={appointmentUrls.turn(view.id)(language)}>
          <TextField
            name="codigo"
            label={t("phoneCode")}
            hint={t("phoneCodeHint")}
            error={errors.of("codigo")}
            inputMode="numeric"
            autoComplete="off"
            maxLength={HOUR_CODE_DIGITS * 2}
            width={6}
            code
          />
          <Checkboxes name="sinescalones" label={t("needs")} options={[{ value: "si", text: t("stepFree") }]} />
          <ButtonRow>
            <Button>{t("send")}</Button>
          </ButtonRow>
        </Form>
        <p className="hint">{t("phonePaper")}</p>
      </>
    ),
  });
}

function turnShown(opened: Opened, own: OwnTurn): Answer {
  const { language, view } = opened;
  const t = kioskTexts(language);
  const hall = hallTexts(language);
  const station = hall(`station_${own.station}`);
  const picture = hall(`picture_${own.turn.picture}`);
  const address = appointmentUrls.turn(view.id);
  const isOver = own.state === "done";
  const where = { station, counter: own.counter ?? "" };
  return show(opened, {
    title: t("turn", { picture, number: own.turn.number }),
    address,
    back: appointmentUrls.booking(view.id),
    ...(isOver ? {} : { refreshSeconds: AGAIN_SECONDS, script: "turn" }),
    children: (
      <div data-again={AGAIN_SECONDS}>
        <PageHeading>{t("mine")}</PageHeading>
        <p className="turn-code">
          <TurnPicture name={own.turn.picture} />
          <span>
            {picture} <strong>{own.turn.number}</strong>
          </span>
        </p>
        <div role="status">
          {own.state === "called" && <Notice tone="success" title={t("comeNow", where)} />}
          {own.state === "serving" && <Notice tone="success" title={t("serving", where)} />}
          {isOver && <p className="lead">{t("done")}</p>}
          {own.state === "waiting" && own.parked && <Notice tone="warning" title={t("parked")} />}
          {own.ahead !== null && (
            <>
              <p className="lead">{own.ahead === 0 ? t("next") : t("ahead", { count: own.ahead })}</p>
              <p>{t("waitingAt", { station })}</p>
            </>
          )}
        </div>
        {own.ahead !== null && own.minutes !== null && <p>{t("minutes", { minutes: own.minutes })}</p>}
        {own.ahead !== null && <p className="hint">{t("mayChange")}</p>}
        {!isOver && (
          <p>
            {t("refresh")} <a href={address(language)}>{t("reload")}</a>
          </p>
        )}
      </div>
    ),
  });
}

function isToday({ view, network, ctx }: Opened): boolean {
  return localDateAt(ctx.now, network.officeById.get(view.officeId)!.zone) === view.localDate;
}
