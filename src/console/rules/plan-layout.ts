import type { Layout, ServiceGroup, Station } from "../api/plan-types.ts";

export const SERVICE_GROUPS = [
  "documentacion",
  "registro_civil",
  "fe_publica",
  "visas",
  "proteccion",
  "ventanillas",
] as const satisfies readonly ServiceGroup[];
/** In the order in which somebody passes them. */
export const STATIONS = ["filter", "cashier", "capture", "print", "delivery"] as const satisfies readonly Station[];

type Desk = Readonly<Record<"desks" | "minutes", string>>;

/** How one group is opened, as typed. */
export interface LayoutDraft {
  /** Of this page alone, so that a line keeps its boxes while others come and go. */
  readonly key: string;
  readonly serviceGroup: ServiceGroup;
  readonly opens: string;
  readonly closes: string;
  readonly counters: string;
  readonly stepMinutes: string;
  readonly percent: string;
  readonly overbook: string;
  readonly breakFrom: string;
  readonly breakUntil: string;
  /** Empty: no break. */
  readonly breakMinutes: string;
  readonly urgent: string;
  readonly walkIn: string;
  readonly assisted: string;
  /** Empty desks: that station holds nobody up. */
  readonly stations: Readonly<Record<Station, Desk>>;
}

const NO_DESK: Desk = { desks: "", minutes: "" };
const NO_STATIONS: LayoutDraft["stations"] = {
  filter: NO_DESK,
  cashier: NO_DESK,
  capture: NO_DESK,
  print: NO_DESK,
  delivery: NO_DESK,
};

/** A group nobody has said anything about yet. */
export function blankLayout(key: string, serviceGroup: ServiceGroup): LayoutDraft {
  return {
    key,
    serviceGroup,
    opens: "",
    closes: "",
    counters: "",
    stepMinutes: "",
    percent: "100",
    overbook: "0",
    breakFrom: "",
    breakUntil: "",
    breakMinutes: "",
    urgent: "0",
    walkIn: "0",
    assisted: "0",
    stations: NO_STATIONS,
  };
}

export function layoutDraft(key: string, layout: Layout): LayoutDraft {
  const { serviceGroup, opens, closes, counters, stepMinutes, breaks, percent, overbook, reserves, stations } = layout;
  const desk = ({ desks, minutes }: { desks: number; minutes: number }): Desk => ({
    desks: String(desks),
    minutes: String(minutes),
  });
  return {
    key,
    serviceGroup,
    opens,
    closes,
    counters: String(counters),
    stepMinutes: String(stepMinutes),
    percent: String(percent),
    overbook: String(overbook),
    breakFrom: breaks?.from ?? "",
    breakUntil: breaks?.until ?? "",
    breakMinutes: breaks ? String(breaks.minutes) : "",
    urgent: String(reserves.urgent),
    walkIn: String(reserves.walkIn),
    assisted: String(reserves.assisted),
    stations: { ...NO_STATIONS, ...Object.fromEntries(stations.map((one) => [one.station, desk(one)])) },
  };
}

/** The group as the server is asked for it; whether it can be is the server's to say. */
export function layoutAsked(draft: LayoutDraft): Layout {
  const { serviceGroup, opens, closes, breakFrom, breakUntil, breakMinutes } = draft;
  return {
    serviceGroup,
    opens,
    closes,
    counters: Number(draft.counters),
    stepMinutes: Number(draft.stepMinutes),
    breaks: breakMinutes === "" ? null : { from: breakFrom, until: breakUntil, minutes: Number(breakMinutes) },
    percent: Number(draft.percent),
    overbook: Number(draft.overbook),
    reserves: { urgent: Number(draft.urgent), walkIn: Number(draft.walkIn), assisted: Number(draft.assisted) },
    stations: STATIONS.flatMap((station) => {
      const { desks, minutes } = draft.stations[station];
      return desks === "" ? [] : [{ station, desks: Number(desks), minutes: Number(minutes) }];
    }),
  };
}

/** Whether something stands in the part of the form that is folded away. */
export function hasExtras(draft: LayoutDraft): boolean {
  const { breaks, percent, overbook, reserves, stations } = layoutAsked(draft);
  return (
    breaks !== null ||
    percent !== 100 ||
    overbook > 0 ||
    stations.length > 0 ||
    Object.values(reserves).some((one) => one > 0)
  );
}

/** The group that is offered next: the first that is not there yet. */
export function nextGroup(drafts: readonly LayoutDraft[]): ServiceGroup | undefined {
  return SERVICE_GROUPS.find((group) => drafts.every(({ serviceGroup }) => serviceGroup !== group));
}
