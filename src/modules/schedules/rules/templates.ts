import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { SessionKind, Template } from "../types.ts";

/** What an office of each size is assumed to open. */
export interface Planning {
  readonly sizes: Readonly<Record<string, readonly string[]>>;
  readonly sessions: readonly {
    readonly group: ServiceGroup;
    readonly kind: SessionKind;
    readonly weekdays: readonly number[];
    readonly opens: string;
    readonly closes: string;
    readonly step_minutes: number;
    readonly counters: Readonly<Record<string, number>>;
  }[];
  readonly exceptions: readonly {
    readonly office: string;
    readonly group: ServiceGroup;
    readonly kind: SessionKind;
    readonly counters: number;
  }[];
}

export type PlannedTemplate = Omit<Template, "id"> & { readonly officeId: OfficeId };

/** The templates of every office, by its size; a known number of counters goes before the assumed one. */
export function templatesOf(planning: Planning, validFrom: LocalDate): PlannedTemplate[] {
  return Object.entries(planning.sizes).flatMap(([size, offices]) =>
    offices.flatMap((officeId) =>
      planning.sessions.flatMap((session) => {
        const known = planning.exceptions.find(
          (one) => one.office === officeId && one.group === session.group && one.kind === session.kind,
        );
        const counters = known?.counters ?? session.counters[size];
        if (counters === undefined) return [];
        const { group, kind, weekdays, opens, closes, step_minutes: stepMinutes } = session;
        return [
          {
            officeId: officeId as OfficeId,
            serviceGroup: group,
            kind,
            weekdays,
            opens,
            closes,
            counters,
            stepMinutes,
            validFrom,
            validTo: null,
          },
        ];
      }),
    ),
  );
}
