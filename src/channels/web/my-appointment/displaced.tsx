import { localDateAt } from "#kernel/time.ts";
import type { ProposedPlace } from "#modules/booking/index.ts";
import { Button, ButtonRow, Form, Notice } from "#ui/index.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls } from "../urls.ts";
import { dayInWords } from "../texts/format.ts";
import { timeAt } from "../visit/words.ts";
import { dayHref } from "./change.ts";
import type { Opened } from "./opened.tsx";

/** Above an appointment whose hour the office closed: the place that is kept instead, and every way to answer. */
export function DisplacedNotice({ opened, proposal }: { opened: Opened; proposal: ProposedPlace | undefined }) {
  const { language, view, network, ctx } = opened;
  const t = appointmentTexts(language);
  const office = network.officeById.get(view.officeId)!;
  const other = dayHref(opened, { office, movedHome: false });
  if (!proposal)
    return (
      <Notice tone="warning" title={t("displacedTitle")}>
        <p>{t("displacedText")}</p>
        <p>{t("displacedNone")}</p>
        <ButtonRow>
          <Button href={other}>{t("displacedOther")}</Button>
        </ButtonRow>
      </Notice>
    );
  const today = localDateAt(ctx.now, office.zone);
  const inWords = (at: Date) => ({
    day: dayInWords(localDateAt(at, office.zone), language, today),
    time: timeAt(at, office, language),
  });
  return (
    <Notice tone="warning" title={t("displacedTitle")}>
      <p>{t("displacedText")}</p>
      <p>
        <b>{t("displacedKept", inWords(proposal.startsAt))}</b>
      </p>
      <p>{t("displacedUntil", inWords(proposal.keptUntil))}</p>
      <Form action={appointmentUrls.proposal(view.id)(language)}>
        <ButtonRow>
          <Button name="respuesta" value="si">
            {t("displacedYes")}
          </Button>
          <Button tone="secondary" href={other}>
            {t("displacedOther")}
          </Button>
          <Button tone="secondary" name="respuesta" value="no">
            {t("displacedNo")}
          </Button>
        </ButtonRow>
      </Form>
    </Notice>
  );
}
