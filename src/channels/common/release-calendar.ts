import type { LocalDate, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import { getDrawnGroups, getDrawsAhead, type DrawAhead } from "#modules/allocation/index.ts";
import type { Network, Office } from "#modules/offices/index.ts";
import {
  isWeekly,
  getPublicDays,
  getReleaseCalendar,
  nextReleaseTick,
  RELEASE_TICKS,
  type DrawnDays,
  type DrawnGroups,
  type PublicDay,
  type ReleaseCalendar,
  type SpecialSession,
} from "#modules/schedules/index.ts";
import type { Services } from "#platform/context.ts";
import { calendarFeed, type IcsEvent } from "#channels/documents/ics.ts";
import { hoursOf, specialDayWords, standOf, type SpecialDayView } from "#channels/documents/special-day.ts";
import { SPECIAL_DAY_WORDS } from "#channels/documents/special-day-words.ts";
import { viewOfDay } from "./special-day.ts";
import { RELEASE_WORDS } from "#channels/documents/release-words.ts";

type Language = "es" | "en";

/** When places come out, in the whole network. */
export interface Releases extends ReleaseCalendar {
  readonly draws: readonly DrawAhead[];
  readonly drawn: DrawnGroups;
  /** Special days that were planned by themselves, in whatever state, those that are just over too. */
  readonly planned: readonly PublicDay[];
}

const composed = new WeakMap<ReleaseCalendar, Releases>();

/** Read once a minute; the same object while nothing changed. */
export async function getReleases(services: Pick<Services, "database" | "clock">): Promise<Releases> {
  const [calendar, draws, drawn, planned] = await Promise.all([
    getReleaseCalendar(services),
    getDrawsAhead(services),
    getDrawnGroups(services),
    getPublicDays(services),
  ]);
  const known = composed.get(calendar);
  if (known?.draws === draws && known.drawn === drawn && known.planned === planned) return known;
  const releases = { ...calendar, draws, drawn, planned };
  composed.set(calendar, releases);
  return releases;
}

/** A special day of one office, all its groups together. */
export interface SpecialDay {
  readonly officeId: OfficeId;
  readonly kind: SpecialSession["kind"];
  readonly localDate: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly sessions: readonly SpecialSession[];
  /** Whether any of its groups is given out by a draw. */
  readonly drawn: boolean;
}

export interface OfficeReleases {
  readonly draws: readonly DrawAhead[];
  /** Groups whose places are drawn. */
  readonly drawn: readonly ServiceGroup[];
  readonly days: readonly SpecialDay[];
}

type DrawnHere = ReadonlyMap<ServiceGroup, DrawnDays>;

/** What of the calendar is about one office. */
export function releasesOf({ special, draws, drawn }: Releases, officeId: OfficeId): OfficeReleases {
  const own: DrawnHere = drawn.get(officeId) ?? new Map<ServiceGroup, DrawnDays>();
  const groups = [...own].flatMap(([group, days]) => (isWeekly(days) ? [group] : []));
  const days = new Map<LocalDate, SpecialDay>();
  for (const session of special.filter((one) => one.officeId === officeId)) {
    const day = days.get(session.localDate);
    days.set(session.localDate, day ? joined(day, session, own) : dayOf(session, own));
  }
  return {
    draws: groups.length === 0 ? [] : draws,
    drawn: groups,
    days: [...days.values()],
  };
}

function dayOf(session: SpecialSession, own: DrawnHere): SpecialDay {
  const { officeId, kind, localDate, startsAt, endsAt } = session;
  return { officeId, kind, localDate, startsAt, endsAt, sessions: [session], drawn: isDrawn(session, own) };
}

function joined(day: SpecialDay, session: SpecialSession, own: DrawnHere): SpecialDay {
  return {
    ...day,
    startsAt: session.startsAt < day.startsAt ? session.startsAt : day.startsAt,
    endsAt: session.endsAt > day.endsAt ? session.endsAt : day.endsAt,
    sessions: [...day.sessions, session],
    drawn: day.drawn || isDrawn(session, own),
  };
}

function isDrawn({ serviceGroup, localDate }: SpecialSession, own: DrawnHere): boolean {
  const days = own.get(serviceGroup);
  return (
    days !== undefined && isWeekly(days) && days.from <= localDate && (days.to === undefined || localDate <= days.to)
  );
}

/** A moment of a draw that people wait for. */
export interface DrawMoment {
  readonly what: "opens" | "locks" | "result" | "second";
  readonly at: Date;
}

/** Those still ahead, in their order. */
export function momentsOf({ first, second }: DrawAhead, now: Date): DrawMoment[] {
  const all: DrawMoment[] = [
    { what: "opens", at: first.opensAt },
    { what: "locks", at: first.locksAt },
    { what: "result", at: first.drawsAt },
    { what: "second", at: second.drawsAt },
  ];
  return all.filter(({ at }) => at > now);
}

interface Reader {
  readonly language: Language;
  readonly now: Date;
  readonly publicOrigin: string;
}

/** The calendar of one office as a file: its draws, the hours at which freed places return, its special days. */
export function officeFeed(
  releases: Releases,
  network: Network,
  office: Office,
  reader: Reader,
  pageUrl: string,
): string {
  const own = releasesOf(releases, office.id);
  const words = RELEASE_WORDS[reader.language];
  return calendarFeed({
    language: reader.language,
    name: words.office(office.shortName[reader.language]),
    madeAt: reader.now,
    events: [
      ...own.draws.flatMap((draw) => drawEvents(draw, reader, pageUrl, office.zone)),
      ...tickEvents(reader, pageUrl),
      ...own.days.map((day) => dayEvent(day, office, reader, pageUrl)),
      ...plannedEvents(releases, reader, network, office.id),
    ],
  });
}

/** The calendar of the whole network. Draws stand in it once, at hours of UTC. */
export function networkFeed(
  releases: Releases,
  network: Network,
  reader: Reader,
  pageOf: (office: Office) => string,
): string {
  const home = `${reader.publicOrigin}/`;
  return calendarFeed({
    language: reader.language,
    name: RELEASE_WORDS[reader.language].network,
    madeAt: reader.now,
    events: [
      ...releases.draws.flatMap((draw) => drawEvents(draw, reader, home, undefined)),
      ...tickEvents(reader, home),
      ...network.offices.flatMap((office) =>
        releasesOf(releases, office.id).days.map((day) => dayEvent(day, office, reader, pageOf(office))),
      ),
      ...plannedEvents(releases, reader, network),
    ],
  });
}

function drawEvents(draw: DrawAhead, reader: Reader, url: string, zone: string | undefined): IcsEvent[] {
  const words = RELEASE_WORDS[reader.language];
  return momentsOf(draw, reader.now).map(({ what, at }) => ({
    uid: uid(`draw-${draw.key}-${what}`, reader),
    startsAt: at,
    zone,
    summary: words[what],
    description: `${words[`${what}Text`]}\n${words.free}`,
    url,
  }));
}

function tickEvents(reader: Reader, url: string): IcsEvent[] {
  const words = RELEASE_WORDS[reader.language];
  return RELEASE_TICKS.map((hour) => ({
    uid: uid(`return-${hour}`, reader),
    startsAt: nextTickAt(hour, reader.now),
    zone: undefined,
    daily: true,
    summary: words.tick,
    description: `${words.tickText}\n${words.free}`,
    url,
  }));
}

/** The next of that hour of UTC. */
export function nextTickAt(hour: number, now: Date): Date {
  const next = nextReleaseTick(now);
  return next.getUTCHours() === hour ? next : nextReleaseTick(next);
}

function dayEvent(day: SpecialDay, office: Office, reader: Reader, url: string): IcsEvent {
  const words = RELEASE_WORDS[reader.language];
  const city = office.shortName[reader.language];
  return {
    uid: uid(`day-${office.id}-${day.localDate}`, reader),
    startsAt: day.startsAt,
    endsAt: day.endsAt,
    zone: office.zone,
    summary: `${words.day}: ${city}`,
    description: `${words.dayText}\n${words.free}`,
    location: `${office.name[reader.language]}, ${office.city}, ${office.state}`,
    url,
  };
}

function plannedEvents(
  { planned, draws }: Releases,
  reader: Reader,
  network: Network,
  officeId?: OfficeId,
): IcsEvent[] {
  return planned.flatMap((day) => {
    const view =
      officeId === undefined || day.officeId === officeId ? viewOfDay(day, { ...reader, network, draws }) : undefined;
    return (view && plannedEvent(view)) ?? [];
  });
}

/** A special day that was planned by itself; undefined of one that has no hour now. */
function plannedEvent(view: SpecialDayView): IcsEvent | undefined {
  const { day, zone, language, address } = view;
  const hours = hoursOf(day);
  const cancelled = standOf(view) === "closed";
  if ((standOf(view) !== "published" && !cancelled) || hours === undefined) return undefined;
  const { headline, place, lines, free, correction } = specialDayWords(view);
  return {
    // Of a day that moves the entry moves along.
    uid: `special-${day.id}@${new URL(address).hostname}`,
    startsAt: hours.from,
    endsAt: hours.to,
    zone,
    cancelled,
    summary: cancelled ? `${correction!.title}: ${headline}, ${SPECIAL_DAY_WORDS[language].closedIs}` : headline,
    description: [...lines, free].join("\n"),
    location: (place.length > 0 ? place : [SPECIAL_DAY_WORDS[language].atOffice(view.city)]).join(", "),
    url: address,
  };
}

/** One special day as a calendar file; without an entry while it has no day. */
export function specialDayFeed(view: SpecialDayView): string {
  return calendarFeed({
    language: view.language,
    name: specialDayWords(view).headline,
    madeAt: view.now,
    events: [plannedEvent(view) ?? []].flat(),
  });
}

function uid(what: string, { publicOrigin }: Reader): string {
  return `${what}@${new URL(publicOrigin).hostname}`;
}
