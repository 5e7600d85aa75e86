import { isUuid } from "#kernel/ids.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import { getOwnRequest, type RequestView } from "#modules/booking/index.ts";
import { appointmentUrls } from "../urls.ts";
import { goTo, type Admit, type Visit } from "../visit/visit.tsx";
import { isHidden } from "../my-appointment/opened.tsx";
import { requestRefusedPage } from "./refused.tsx";

/** A visit in front of a request that it may see. */
export interface OpenedRequest extends Visit {
  readonly view: RequestView;
}

/** As with a booking: this very session filed it, or showed its number or a birth date (hardening 18). One answer to all else. */
export const openedRequest: Admit<OpenedRequest> = async (arrival) => {
  const { session, draft, ctx, request, language } = arrival;
  const { id } = request.params as { id: string };
  if (session?.contactId === undefined) return { answered: goTo(arrival, appointmentUrls.open(language)) };
  const view =
    isUuid(id) && draft.openedRequests.includes(id as RequestId)
      ? await getOwnRequest(ctx, id as RequestId)
      : undefined;
  return view && !(await isHidden(arrival, view))
    ? { ...arrival, session, view }
    : { answered: requestRefusedPage(arrival, { code: "unknown_request" }) };
};
