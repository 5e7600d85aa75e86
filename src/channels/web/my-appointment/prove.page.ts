import { findBookingsByBirth, getBookingByFolio } from "#modules/booking/index.ts";
import type { BookingId } from "#kernel/ids.ts";
import { appointmentTexts } from "../texts/appointment.ts";
import { appointmentUrls } from "../urls.ts";
import { withOpened } from "../visit/draft.ts";
import { dateOf, typedDate, typedOf } from "../visit/forms.ts";
import { errorsOf, goTo, save, type Answer, type Arrival, type Route, type Visit } from "../visit/visit.tsx";
import { listPage } from "./open.page.tsx";
import { BIRTH, FOLIO, type TypedProof } from "./prove-form.tsx";

type ProofProblem = "prove_nothing" | "prove_unknown" | "prove_tries" | "prove_date";

/** Opens what an earlier visit filed to whoever also knows its folio or a birth date. */
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
    await save(visit, withOpened(visit.draft, proven.ids));
    const [only, ...others] = proven.ids;
    return goTo(
      visit,
      only && others.length === 0 ? appointmentUrls.booking(only)(language) : appointmentUrls.open(language),
    );
  },
};

type Proven = { readonly ids: readonly BookingId[] } | { readonly problem: ProofProblem };

async function byFolio({ ctx, session }: Visit, { folio }: TypedProof): Promise<Proven> {
  const view = await getBookingByFolio(ctx, session.contactId!, folio);
  return view ? { ids: [view.id] } : { problem: "prove_unknown" };
}

async function byBirth({ ctx, session }: Visit, { nacio }: TypedProof): Promise<Proven> {
  const born = dateOf(nacio);
  if ("problem" in born) return { problem: born.problem === "date_missing" ? "prove_nothing" : "prove_date" };
  const found = await findBookingsByBirth(ctx, session.contactId!, born.date);
  if (!found.ok) return { problem: "prove_tries" };
  return found.value.length > 0 ? { ids: found.value } : { problem: "prove_unknown" };
}

function refused(visit: Visit, typed: TypedProof, key: ProofProblem): Answer {
  const field = typed.folio === "" && key !== "prove_nothing" ? BIRTH : FOLIO;
  return listPage(visit, typed, errorsOf([{ field, key }], appointmentTexts(visit.language), [BIRTH]));
}
