import type {
  Address,
  Bilingual,
  FactField,
  FactLevel,
  Hours,
  OfficeSize,
  OfficeType,
  PaymentMeans,
} from "../types.ts";

type FileLevel = Exclude<FactLevel, "confirmed" | "invented">;

export interface OfficesFile {
  readonly national_lines: object;
  readonly offices: readonly {
    readonly id: string;
    readonly type: OfficeType;
    readonly name: Bilingual;
    readonly short_name: Bilingual;
    readonly street_address: string;
    readonly city: string;
    readonly state: string;
    readonly postal_code: string;
    readonly country: string;
    readonly lat: number;
    readonly lng: number;
    readonly zone: string;
    readonly valid_from: string;
    readonly phone: string | null;
    readonly duty_line: string | null;
    readonly email: string | null;
    readonly levels: Readonly<Record<"address" | "phone" | "duty_line" | "email", FileLevel | null>>;
    readonly source: string;
  }[];
}

export interface PlanningFile {
  readonly sizes: Readonly<Record<OfficeSize, readonly string[]>>;
  readonly sessions: readonly (Hours & {
    readonly group: string;
    readonly counters: Readonly<Partial<Record<OfficeSize, number>>>;
  })[];
  readonly invented_facts: {
    readonly payment_means: readonly PaymentMeans[];
    readonly parking: Bilingual;
    readonly bus: Bilingual;
    readonly bring_in: Bilingual;
    readonly lunch_closing: "none";
  };
}

export interface LoadedFact {
  readonly officeId: string;
  readonly field: FactField;
  readonly value: unknown;
  readonly level: FactLevel;
  readonly source: string;
}

/** Levels that are good enough to stay beside invented ones. */
const KNOWN: readonly (FactLevel | null)[] = ["page", "partial"];
const INVENTED_SOURCE = "invented for the demonstration";

/**
 * What is known of an office, and with `invented` a value for every field: what is not known, or only
 * from memory, is filled and marked, so that a demonstration has complete pages and no page lies.
 */
export function factsOf(
  office: OfficesFile["offices"][number],
  planning: PlanningFile,
  invented: boolean,
): LoadedFact[] {
  const address: Address = {
    street: office.street_address,
    city: office.city,
    state: office.state,
    postalCode: office.postal_code,
  };
  const known: [FactField & keyof typeof office.levels, unknown, unknown][] = [
    ["address", address, address],
    ["phone", office.phone, `${areaCode(office)}-555-0100`],
    ["duty_line", office.duty_line, `${areaCode(office)}-555-0199`],
    ["email", office.email, `${office.id}@consulado.example`],
  ];
  const facts = known.flatMap(([field, value, stand]): LoadedFact[] => {
    const level = office.levels[field];
    if (value !== null && level !== null && (!invented || KNOWN.includes(level))) {
      return [{ officeId: office.id, field, value, level, source: office.source }];
    }
    return invented ? [inventedFact(office.id, field, value ?? stand)] : [];
  });
  if (!invented) return facts;

  const { payment_means, parking, bus, bring_in, lunch_closing } = planning.invented_facts;
  const rest: [FactField, unknown][] = [
    ...hoursOf(office.id, planning),
    ["payment_means", payment_means],
    ["parking", parking],
    ["bus", bus],
    ["bring_in", bring_in],
    ["lunch_closing", lunch_closing],
  ];
  return [...facts, ...rest.map(([field, value]) => inventedFact(office.id, field, value))];
}

function hoursOf(officeId: string, planning: PlanningFile): [FactField, Hours[]][] {
  const size = (Object.keys(planning.sizes) as OfficeSize[]).find((one) => planning.sizes[one].includes(officeId));
  const hours = new Map<FactField, Hours[]>();
  for (const { group, weekdays, opens, closes, counters } of planning.sessions) {
    if (size === undefined || counters[size] === undefined) continue;
    const field = `hours:${group}` as FactField;
    hours.set(field, [...(hours.get(field) ?? []), { weekdays, opens, closes }]);
  }
  return [...hours];
}

function inventedFact(officeId: string, field: FactField, value: unknown): LoadedFact {
  return { officeId, field, value, level: "invented", source: INVENTED_SOURCE };
}

/** 555-01xx numbers ring nowhere; the area code is the office's own where one is known. */
function areaCode(office: { readonly phone: string | null }): string {
  return office.phone?.slice(0, "+1-000".length) ?? "+1-405";
}
