import type { RequestId } from "#modules/allocation/index.ts";
import { openOwn } from "#modules/booking/index.ts";
import { openEmergencyByNumber, type EmergencyId } from "#modules/emergencies/index.ts";
import type { BookingId } from "#kernel/ids.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls, noticeUrls, requestUrls } from "../urls.ts";
import { withOpened, withOpenedRequests } from "../visit/draft.ts";
import { dateOf, typedDate, typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, save, type Answer, type Arrival, type Route, type Visit } from "../visit/visit.tsx";
import { listPage } from "./open.page.tsx";
import { BIRTH, FOLIO, type TypedProof } from "./prove-form.tsx";

type ProofProblem = "prove_nothing" | "prove_unknown" | "prove_tries" | "prove_date";

/** Opens what an earlier visit filed to whoever also knows its folio, its request number or a birth date. */
export const provePage: Route<Arrival> = {
  path: "/mi-cita/abrir",
  get: (arrival) => goTo(arrival, appointmentUrls.open(arrival.language)),

  async post(arrival) {
    const { session, language, request } = arrival;
    if (session?.contactId === undefined) return goTo(arrival, appointmentUrls.open(language));
    const visit: Visit = { ...arrival, session };
    const typed: TypedProof = { ...typedOf(request.body, [FOLIO]), nacio: typedDate(request.body, BIRTH) };
    const proven = typed.folio === "" ? await byBirth(visit, typed) : await byFolio(visit, typed);
    if ("problem" in proven) return refused(visit, typed, proven.problem);
    const { bookings, requests, emergency } = proven;
    if (emergency !== undefined) return goTo(visit, noticeUrls.one(emergency)(language));
    await save(visit, withOpenedRequests(withOpened(visit.draft, bookings), requests));
    const pages = [...bookings.map(appointmentUrls.booking), ...requests.map(requestUrls.one)];
    return goTo(visit, (pages.length === 1 ? pages[0]! : appointmentUrls.open)(language));
  },
};

type Proven =
  | {
      readonly bookings: readonly BookingId[];
      readonly requests: readonly RequestId[];
      readonly emergency?: EmergencyId;
    }
  | { readonly problem: ProofProblem };

async function byFolio({ ctx, session }: Visit, { folio }: TypedProof): Promise<Proven> {
  const own = await openOwn(ctx, session.contactId!, { folio });
  if (own.ok) return own.value;
  const emergency = await openEmergencyByNumber(ctx, folio);
  return emergency ? { bookings: [], requests: [], emergency } : { problem: "prove_unknown" };
}

async function byBirth({ ctx, session }: Visit, { nacio }: TypedProof): Promise<Proven> {
  const born = dateOf(nacio);
  if ("problem" in born) return { problem: born.problem === "date_missing" ? "prove_nothing" : "prove_date" };
  const own = await openOwn(ctx, session.contactId!, { bornOn: born.date });
  if (own.ok) return own.value;
  return { problem: own.refusal.code === "too_many_tries" ? "prove_tries" : "prove_unknown" };
}

function refused(visit: Visit, typed: TypedProof, key: ProofProblem): Answer {
  const field = typed.folio === "" && key !== "prove_nothing" ? BIRTH : FOLIO;
  return listPage(visit, typed, errorsOf([{ field, key }], appointmentTexts(visit.language), [BIRTH]));
}
