import { formatFolio } from "#kernel/folio.ts";
import type { Folio as FolioText } from "#kernel/ids.ts";
import { handOverHold } from "#modules/booking/index.ts";
import { makeAccount } from "#modules/people/index.ts";
import { Button, ButtonRow, Folio, Form, PageHeading } from "#ui/index.ts";
import { withNewSession } from "../identify/code.tsx";
import { setSessionCookie } from "../session.ts";
import { reviewTexts } from "../texts/review.ts";
import type { Address } from "../urls.ts";
import type { DraftHold } from "../visit/draft.ts";
import { show, type Answer, type Visit } from "../visit/visit.tsx";

/** A visit that has just got a folio and a PIN of its own; they are shown this once. */
export interface OwnPin extends Visit {
  readonly folio: FolioText;
  readonly pin: string;
}

/**
 * Before something delicate is filed: a folio and a PIN of its own, to which nothing is written and which no telephone opens.
 * What is filed then stands in their name, so that whoever has the telephone, and asks for the same people with it, meets
 * what a number meets that nobody ever used. Undefined for who has one already, and where only a counter makes one.
 */
export async function withOwnPin(visit: Visit, hold?: DraftHold): Promise<OwnPin | undefined> {
  const { ctx, session, web, reply } = visit;
  if (session.contactId === undefined || session.contactKind === "card") return undefined;
  const made = await makeAccount(ctx, session.id, { silent: true });
  if (!made.ok) return undefined;
  const { folio, pin, session: opened, token } = made.value;
  setSessionCookie(web.services, reply, token);
  if (hold)
    await handOverHold(ctx, {
      from: session.contactId,
      to: opened.contactId!,
      held: { holdId: hold.holdId, heldUntil: new Date(hold.heldUntil) },
      extended: hold.extended,
    });
  return { ...withNewSession(visit, opened), folio, pin };
}

/** Shows both, and goes on with the button that files. */
export function ownPinPage(
  own: OwnPin,
  { action, hidden, button }: { action: Address; hidden: Readonly<Record<string, string>>; button: string },
): Answer {
  const { language, folio, pin } = own;
  const t = reviewTexts(language);
  return show(own, {
    title: t("ownPinTitle"),
    address: action,
    children: (
      <>
        <PageHeading lead={t("ownPinLead")}>{t("ownPinTitle")}</PageHeading>
        <Folio label={t("ownFolio")} value={formatFolio(folio)} />
        <Folio label={t("ownPin")} value={`${pin.slice(0, 3)}-${pin.slice(3)}`} />
        <p>{t("ownPinSilent")}</p>
        <Form action={action(language)} hidden={hidden}>
          <ButtonRow>
            <Button>{button}</Button>
          </ButtonRow>
        </Form>
      </>
    ),
  });
}
