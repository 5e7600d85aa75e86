import type { ServiceGroup, ServiceSlug, OfficeId } from "#kernel/ids.ts";
import type {
  Bilingual,
  Chain,
  ChecklistQuestion,
  Country,
  Discount,
  DiscountId,
  Fee,
  NationalLines,
  Requirement,
  OfficeType,
  Planning,
  Service,
} from "../types.ts";

/** Office detail as db/reference/offices.json writes it and offices.offices.detail keeps it. */
export interface RawOffice {
  readonly type: OfficeType;
  readonly name: Bilingual;
  readonly short_name: Bilingual;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
}

/** Service detail as db/reference/services.json writes it; fields that no program part reads are left out here. */
export interface RawService {
  readonly name: Bilingual;
  readonly description: Bilingual;
  readonly who_may_apply: Bilingual;
  readonly ages: { readonly min: number; readonly max: number | null };
  readonly parents_take_part: boolean;
  readonly for_foreigners: boolean;
  readonly requirements: readonly RawRequirement[];
  readonly duration: { readonly turnaround: Bilingual };
  readonly fees: readonly Fee[];
  readonly discounts: readonly {
    readonly id: DiscountId;
    readonly percent: number;
    readonly applies: Discount["applies"];
    readonly min_age?: number;
    readonly country?: Country;
    readonly rule: Bilingual;
    readonly source: string;
  }[];
  readonly special_cases?: Service["specialCases"];
  readonly absent_parent?: {
    readonly permission: {
      readonly form: string;
      readonly fee: number;
      readonly appointment_required: boolean;
      readonly valid_days: number;
      readonly where: Bilingual;
      readonly must_name: Bilingual;
      readonly names: Bilingual;
      readonly source: string;
    };
    readonly cases: readonly { id: string; next: Bilingual; picture?: string; call_first: boolean; source: string }[];
  };
  readonly booking: { readonly appointment_required: boolean };
  readonly jurisdiction_bound: boolean;
  readonly verified: boolean;
  readonly source: string;
}

interface RawRequirement extends Bilingual {
  readonly picture?: string;
}

export interface RawCatalogues {
  readonly planning: {
    readonly sizes: Planning["sizes"];
    readonly sessions: readonly (Omit<Planning["sessions"][number], "stepMinutes"> & {
      readonly step_minutes: number;
    })[];
    readonly exceptions: readonly {
      office: OfficeId;
      group: ServiceGroup;
      kind: "regular" | "saturday";
      counters: number;
    }[];
  };
  readonly checklist: {
    readonly questions: readonly {
      readonly id: string;
      readonly picture: string;
      readonly services: readonly ServiceSlug[];
      readonly min_age: number;
      readonly text: Bilingual;
      readonly text_several: Bilingual;
      readonly good: boolean;
      readonly next: Bilingual;
      readonly bring: RawRequirement;
      readonly add_service: ServiceSlug | null;
      readonly source: string;
    }[];
  };
  readonly chains: {
    readonly chains: readonly {
      readonly id: string;
      readonly name: Bilingual;
      readonly steps: readonly { readonly services: readonly ServiceSlug[]; readonly same_visit: boolean }[];
      readonly condition: Bilingual;
    }[];
  };
  readonly lines: {
    readonly appointments: { readonly value: string };
    readonly ciam: { readonly value: string; readonly from_mexico: string };
  };
}

export interface ServiceColumns {
  readonly slug: ServiceSlug;
  readonly group: ServiceGroup;
  readonly claimScope: string;
  readonly minutes: number;
}

/** An adult's oldest age: no service has an upper limit that people live past. */
const NO_UPPER_AGE = 150;

export function serviceFrom(
  row: ServiceColumns & { detail: RawService },
  planning: Planning,
  chains: readonly Chain[],
): Service {
  const { detail, ...columns } = row;
  const permission = detail.absent_parent?.permission;
  return {
    ...columns,
    name: detail.name,
    description: detail.description,
    whoMayApply: detail.who_may_apply,
    turnaround: detail.duration.turnaround,
    ages: { min: detail.ages.min, max: detail.ages.max ?? NO_UPPER_AGE },
    requirements: detail.requirements.map(requirementFrom),
    fees: detail.fees,
    discounts: detail.discounts.map(({ min_age: minAge, country, ...one }) => ({ ...one, minAge, country })),
    specialCases: detail.special_cases ?? [],
    absentParent: permission && {
      permission: {
        form: permission.form,
        fee: permission.fee,
        appointmentRequired: permission.appointment_required,
        validDays: permission.valid_days,
        where: permission.where,
        mustName: permission.must_name,
        names: permission.names,
        source: permission.source,
      },
      cases: detail.absent_parent.cases.map(({ call_first: callFirst, picture, ...one }) => ({
        ...one,
        picture,
        callFirst,
      })),
    },
    bookable: detail.booking.appointment_required && planning.sessions.some((session) => session.group === row.group),
    forChildren: detail.ages.max !== null && detail.ages.max < 18,
    parentsTakePart: detail.parents_take_part,
    forForeigners: detail.for_foreigners,
    jurisdictionBound: detail.jurisdiction_bound,
    chains: chains
      .filter((chain) => chain.steps.some((step) => step.services.includes(row.slug)))
      .map((chain) => chain.id),
    verified: detail.verified,
    source: detail.source,
  };
}

export function planningFrom(raw: RawCatalogues["planning"] | undefined): Planning {
  return {
    sizes: raw?.sizes ?? { big: [], middle: [], small: [] },
    sessions: (raw?.sessions ?? []).map(({ step_minutes: stepMinutes, ...session }) => ({ ...session, stepMinutes })),
    exceptions: raw?.exceptions ?? [],
  };
}

function requirementFrom({ es, en, picture }: RawRequirement): Requirement {
  return { text: { es, en }, picture };
}

export function checklistFrom(raw: RawCatalogues["checklist"] | undefined): ChecklistQuestion[] {
  return (raw?.questions ?? []).map(
    ({ min_age: minAge, text_several: textSeveral, add_service: addService, ...question }) => ({
      ...question,
      bring: requirementFrom(question.bring),
      minAge,
      textSeveral,
      addService: addService ?? undefined,
    }),
  );
}

export function chainsFrom(raw: RawCatalogues["chains"] | undefined): Chain[] {
  return (raw?.chains ?? []).map((chain) => ({
    id: chain.id,
    name: chain.name,
    steps: chain.steps.map((step) => ({ services: step.services, sameVisit: step.same_visit })),
    condition: chain.condition,
  }));
}

export function linesFrom(raw: RawCatalogues["lines"] | undefined): NationalLines {
  return {
    appointments: raw?.appointments.value ?? "",
    ciam: raw?.ciam.value ?? "",
    ciamFromMexico: raw?.ciam.from_mexico ?? "",
  };
}
