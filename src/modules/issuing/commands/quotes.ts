import type { LocalDate } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import {
  amountDue,
  feesOn,
  PAYMENT_MEANS,
  type DiscountId,
  type Office,
  type PaymentMeans,
  type Service,
} from "#modules/offices/index.ts";
import type { CashChoice, Offer, Quote } from "../rules/cash.ts";

/** What one service can cost this person: an offer for each validity, after what her age and her proofs give. */
export function offersFor(service: Service, age: number, proofs: readonly DiscountId[], on: LocalDate): Offer[] {
  const [line] = amountDue({ age, services: [service], discounts: proofs }, on).lines;
  return (line?.choices ?? []).map(({ fee, amount, discount }) => ({
    variant: fee.variant,
    label: fee.label,
    cents: centsOf(amount),
    proofs,
    discount: discount?.id ?? null,
    year: fee.year,
  }));
}

/** The same for whatever proofs the clerk may see, so that her screen says at once what each of them changes. */
export function allOffers(service: Service, age: number, on: LocalDate): Offer[] {
  const together = proofsFor(service, age).reduce<DiscountId[][]>(
    (sets, one) => [...sets, ...sets.map((set) => [...set, one])],
    [[]],
  );
  return together.flatMap((proofs) => offersFor(service, age, proofs, on));
}

/** Price of one extra copy in cents; null where the tariff has none. */
export function copyCents(service: Service, on: LocalDate): number | null {
  const fee = feesOn(service, on).find((one) => one.optional);
  return fee ? centsOf(fee.amount) : null;
}

/** What is due for a choice, to the cent. */
export function quote(
  service: Service,
  age: number,
  { variant, proofs, copies }: CashChoice,
  on: LocalDate,
): Outcome<Quote, { code: "unknown_variant" }> {
  const offers = offersFor(service, age, proofs, on);
  const chosen = offers.find((one) => one.variant === variant);
  const copy = copyCents(service, on);
  if ((!chosen && (offers.length > 0 || variant !== "")) || (copies > 0 && copy === null))
    return refuse({ code: "unknown_variant" });
  return accept({ cents: (chosen?.cents ?? 0) + copies * (copy ?? 0), discount: chosen?.discount ?? null });
}

/** Discounts and surcharges of a service that want a proof, for that age. */
export function proofsFor(service: Service, age: number): DiscountId[] {
  return service.discounts.filter((one) => one.applies === "on_proof" && age >= (one.minAge ?? 0)).map((one) => one.id);
}

/** Means of payment that an office takes: what it confirmed, or all while that is not known. */
export function meansOf({ publicFacts }: Pick<Office, "publicFacts">): readonly PaymentMeans[] {
  return publicFacts.payment_means?.value ?? PAYMENT_MEANS;
}

/** The tariff is in dollars; here everything is whole cents. */
function centsOf(dollars: number): number {
  return Math.round(dollars * 100);
}
