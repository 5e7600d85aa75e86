import { listBookingIds, listOwnRequests } from "#modules/booking/index.ts";
import type { VisitorSession } from "#modules/people/index.ts";
import { accountUrls } from "../urls.ts";
import { withOpened, withOpenedRequests } from "../visit/draft.ts";
import { goTo, save, type Admit, type Answer, type Arrival, type Visit } from "../visit/visit.tsx";

/** Whether the visit is in an account: a card, given at a counter or made by oneself. */
export function isAccount(session: VisitorSession | undefined): session is VisitorSession {
  return session?.contactId !== undefined && session.contactKind === "card";
}

/** After PIN or passkey: all that stands in the account's name is open, for here the contact is the household. */
export async function entered(visit: Visit, done?: string): Answer {
  const { ctx, session, draft } = visit;
  const [bookings, requests] = await Promise.all([
    listBookingIds(ctx, session.contactId!, "all"),
    listOwnRequests(ctx),
  ]);
  await save(
    visit,
    withOpenedRequests(
      withOpened(draft, bookings),
      requests.map((one) => one.id),
    ),
  );
  return backToAccount(visit, done);
}

export function backToAccount(visit: Arrival, done?: string): Answer {
  const page = accountUrls.page(visit.language);
  return goTo(visit, done === undefined ? page : `${page}?listo=${done}`);
}

/** Only for who is in an account; everybody else is shown its door. */
export const inAccount: Admit<Visit> = (arrival) =>
  isAccount(arrival.session) ? { ...arrival, session: arrival.session } : { answered: backToAccount(arrival) };
