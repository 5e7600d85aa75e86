import type { LocalDate } from "#kernel/ids.ts";
import type { Discount, DiscountId, Fee, Service } from "../types.ts";

export interface DuePerson {
  /** Whole years on the day of the visit. */
  readonly age: number;
  readonly services: readonly Service[];
  /** Discounts and surcharges that the person says she has; those by age are given unasked. */
  readonly discounts?: readonly DiscountId[];
}

export interface FeeChoice {
  readonly fee: Fee;
  /** After discount, in the fee's currency. */
  readonly amount: number;
  readonly discount: Discount | undefined;
}

export interface ServiceDue {
  readonly service: Service;
  /** One for each validity or variant; the person chooses at the counter. Empty when no fee is known. */
  readonly choices: readonly FeeChoice[];
  readonly min: number;
  readonly max: number;
}

export interface AmountDue {
  readonly currency: "USD";
  readonly min: number;
  readonly max: number;
  readonly lines: readonly ServiceDue[];
  /** Years of the tariffs used, oldest first: to be said beside the amount. */
  readonly years: readonly number[];
  /** True when every fee is of the year of the visit. */
  readonly ofVisitYear: boolean;
}

/**
 * The fees of a service on a day, one for each variant.
 *
 * Each is the tariff of the year of the visit, or else the newest known: fees change every 1 January, so
 * it must be shown with its year. One that nobody vouches for stands back when a published one is known.
 */
export function feesOn(service: Pick<Service, "fees">, date: LocalDate): Fee[] {
  const year = Number(date.slice(0, 4));
  const best = new Map<string, Fee>();
  for (const fee of service.fees) {
    const known = best.get(fee.variant);
    if (known === undefined || preference(fee, year) > preference(known, year)) best.set(fee.variant, fee);
  }
  return [...best.values()];
}

/** The fee of one variant, or of the first that must be paid. */
export function feeOn(service: Pick<Service, "fees">, date: LocalDate, variant?: string): Fee | undefined {
  return feesOn(service, date).find((fee) => (variant === undefined ? !fee.optional : fee.variant === variant));
}

/** What one person brings for all her services: from the cheapest to the dearest choice of each. */
export function amountDue(person: DuePerson, date: LocalDate): AmountDue {
  const lines = person.services.map((service): ServiceDue => {
    const choices = feesOn(service, date)
      .filter((fee) => !fee.optional)
      .map((fee) => discounted(fee, service.discounts, person));
    const amounts = choices.map((choice) => choice.amount);
    return { service, choices, min: Math.min(...amounts, Infinity), max: Math.max(...amounts, 0) };
  });
  return sum(
    lines.map((line) => ({ ...line, min: Number.isFinite(line.min) ? line.min : 0 })),
    date,
  );
}

/** What a whole party brings. */
export function partyDue(people: readonly DuePerson[], date: LocalDate): AmountDue {
  return sum(
    people.flatMap((person) => amountDue(person, date).lines),
    date,
  );
}

function sum(lines: readonly ServiceDue[], date: LocalDate): AmountDue {
  const years = [
    ...new Set(lines.flatMap((line) => line.choices.filter(isPaid).map((choice) => choice.fee.year))),
  ].sort();
  return {
    currency: "USD",
    min: cents(lines.reduce((total, line) => total + line.min, 0)),
    max: cents(lines.reduce((total, line) => total + line.max, 0)),
    lines,
    years,
    ofVisitYear: years.every((year) => year === Number(date.slice(0, 4))),
  };
}

/** The best discount alone, never two together; a surcharge comes on top. */
function discounted(fee: Fee, discounts: readonly Discount[], person: DuePerson): FeeChoice {
  const entitled = discounts.filter((one) =>
    one.applies === "by_age"
      ? person.age >= (one.minAge ?? 0)
      : (person.discounts?.includes(one.id) ?? false) && person.age >= (one.minAge ?? 0),
  );
  const surcharge = entitled.filter((one) => one.percent > 0).reduce((total, one) => total + one.percent, 0);
  const discount = entitled.filter((one) => one.percent < 0).sort((a, b) => a.percent - b.percent)[0];
  const factor = (1 + (discount?.percent ?? 0) / 100) * (1 + surcharge / 100);
  return { fee, amount: cents(fee.amount * factor), discount };
}

/** Higher is better: vouched for first, then of the year itself, then newer. */
function preference(fee: Fee, year: number): number {
  return (fee.level === "page" ? 100_000 : 0) + (fee.year === year ? 50_000 : 0) + fee.year;
}

/** A free service is free in every year; its tariff's year needs no mention. */
function isPaid(choice: FeeChoice): boolean {
  return choice.fee.amount > 0;
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
