import { takeBackJoining } from "#modules/people/index.ts";
import { Button, ButtonRow, Form, PageHeading } from "#ui/index.ts";
import { accountTexts } from "../texts/account.ts";
import { accountUrls } from "../urls.ts";
import { show, type Answer, type Arrival, type Route } from "../visit/visit.tsx";

/** Takes a new contact off an account, by the link that the older one was sent. Opening it changes nothing and tells nothing. */
export const undoPage: Route<Arrival> = {
  path: "/d/:token",
  get: (arrival) => page(arrival, "ask"),

  async post(arrival) {
    const undone = await takeBackJoining(arrival.ctx, tokenOf(arrival));
    return page(arrival, undone.ok ? "done" : "over");
  },
};

function page(arrival: Arrival, state: "ask" | "done" | "over"): Answer {
  const { language } = arrival;
  const t = accountTexts(language);
  const address = accountUrls.undo(tokenOf(arrival));
  return show(arrival, {
    title: t(`undo_${state}_title`),
    address,
    children: (
      <>
        <PageHeading lead={t(`undo_${state}_text`)}>{t(`undo_${state}_title`)}</PageHeading>
        {state === "ask" ? (
          <Form action={address(language)}>
            <ButtonRow>
              <Button tone="danger">{t("undo")}</Button>
            </ButtonRow>
          </Form>
        ) : (
          <ButtonRow>
            <Button href={accountUrls.page(language)}>{t("toAccount")}</Button>
          </ButtonRow>
        )}
      </>
    ),
  });
}

const tokenOf = ({ request }: Arrival): string => (request.params as { token: string }).token;
