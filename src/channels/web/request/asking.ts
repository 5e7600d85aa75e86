import type { OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { getDrawsAhead, MOST_OFFICES, type DrawAhead, type Wish } from "#modules/allocation/index.ts";
import { nearestOffices, type NearOffice } from "#modules/offices/index.ts";
import { drawnShare, isAskable } from "#modules/schedules/index.ts";
import type { Asking, Draft } from "../visit/draft.ts";
import { groupsOf, requestsOf } from "../visit/party.ts";
import type { Arrival } from "../visit/visit.tsx";

/** Offices that a request is offered: enough to reach by road, few enough to read with one hand. */
const MOST_OFFERED = 8;

type Asker = Pick<Arrival, "draft" | "network" | "drawn" | "today">;

export function groupsAsked({ draft, network, today }: Pick<Asker, "draft" | "network" | "today">): ServiceGroup[] {
  return groupsOf(requestsOf(draft, network, today), network);
}

/** How much of what the party wants its chosen office draws. */
export function shareOf(visit: Asker): ReturnType<typeof drawnShare> {
  const { officeId } = visit.draft;
  return officeId === undefined ? "none" : drawnShare(visit.drawn, officeId, groupsAsked(visit));
}

/** Whether a place of all that the party wants can be asked for at its chosen office: also where it has hours at once, and a day at short notice beside. */
export function mayAskHere(visit: Asker): boolean {
  const { officeId } = visit.draft;
  return officeId !== undefined && isAskable(visit.drawn, officeId, groupsAsked(visit));
}

/** The chosen office, which is preferred, and the nearest to it at which all that the party wants can be asked for. */
export function officesOffered(visit: Asker): NearOffice[] {
  const { draft, network, drawn, today } = visit;
  const preferred = draft.officeId && network.officeById.get(draft.officeId);
  if (!preferred) return [];
  const groups = groupsAsked(visit);
  return nearestOffices(network, { lat: preferred.lat, lng: preferred.lng }, network.offices.length, today)
    .filter(({ office }) => isAskable(drawn, office.id, groups))
    .slice(0, MOST_OFFERED);
}

/** Of the offices that were ticked those where it still can be asked for, the preferred one first. */
export function officesChosen(visit: Asker): OfficeId[] {
  const { draft } = visit;
  const offered = officesOffered(visit).map(({ office }) => office.id);
  return offered.filter((id) => draft.asking?.offices.includes(id));
}

/** Which of the questions are answered; undefined for whoever books an hour, also when nothing is drawn there any more. */
export function askingProgress(visit: Asker): Record<"where" | "when" | "until" | "claims", boolean> | undefined {
  const { asking } = visit.draft;
  if (asking === undefined || !mayAskHere(visit)) return undefined;
  return {
    where: officesChosen(visit).length > 0,
    when: asking.when !== undefined,
    until: asking.until !== undefined,
    claims: asking.declared !== undefined,
  };
}

/** The answers of a request that begins at the chosen office; an only office is no question. */
export function beginAsking(visit: Asker): Draft {
  const [first, ...others] = officesOffered(visit);
  const offices = first && others.length === 0 ? [first.office.id] : (visit.draft.asking?.offices ?? []);
  const asking: Asking = { autoConfirm: true, shortNotice: false, ...visit.draft.asking, offices };
  return { ...visit.draft, asking, localDate: undefined, hold: undefined };
}

/** Other near offices, for whoever would rather go further than wait. */
export function officesElse(visit: Asker): OfficeId[] {
  const chosen = officesChosen(visit);
  return officesOffered(visit)
    .map(({ office }) => office.id)
    .filter((id) => !chosen.includes(id))
    .slice(0, MOST_OFFICES);
}

/** The three answers as the draw takes them, once all are given. */
export function wishFrom(visit: Asker): Wish | undefined {
  const { when, until } = visit.draft.asking ?? {};
  const offices = officesChosen(visit);
  if (!when || !until || offices.length === 0) return undefined;
  return {
    offices,
    weekdays: when.weekdays,
    bands: when.bands,
    // "As soon as possible" is from today: a draw reads what of it lies inside its own days.
    from: until.from ?? visit.today,
    to: until.to,
    first: until.first,
    orElse: until.orElse ? officesElse(visit) : [],
  };
}

/** The draw that takes requests now, or else the next one; undefined when none is announced. */
export async function nextDraw({ web, ctx }: Pick<Arrival, "web" | "ctx">): Promise<DrawAhead | undefined> {
  const ahead = await getDrawsAhead(web.services);
  return ahead.find(({ first }) => ctx.now < first.locksAt);
}
