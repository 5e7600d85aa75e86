import type { LocalDate } from "#kernel/ids.ts";
import { promisedOn } from "./inspect.ts";
import type { Office } from "./network.ts";
import { NO_SHOW_SHARE } from "./parameters.ts";
import type { Party } from "./people.ts";
import { stillStands } from "./answers.ts";
import type { Use } from "./tally.ts";
import { isParty, stateOf, type World } from "./world.ts";
import type { Session } from "./calendar.ts";

/** A day that is over: who came was served, who did not come keeps the place that nobody else had, and all is counted. */
export function closeDay(world: World, office: Office, localDate: LocalDate): void {
  if (world.today(office) <= localDate) throw new Error("a day is closed when it is over");
  const sessions = world.calendar.of(office, localDate);
  const chance = world.chance(office.at);
  for (const party of partiesOf(world, sessions)) {
    if (party.displaced) {
      // She had been told not to come: it is no day that she missed, and she goes on looking.
      const { displaced } = party;
      if (displaced.kept) throw new Error("what was kept for a lost hour ends with it");
      world.tally.count("hourLost");
      world.waiting[office.at]!.unshift({ people: party.people, needs: party.needs, tries: 1, displaced });
      stillStands(world, party);
    } else if (chance.happens(NO_SHOW_SHARE)) world.tally.count("missed");
    else {
      world.changeAll(party.places, "used", party.holder);
      world.tally.count("served");
    }
    world.endHolder(party.holder);
  }
  count(world, office, localDate, sessions);
  world.calendar.drop(office, localDate);
}

function partiesOf(world: World, sessions: readonly Session[]): Party[] {
  const parties = new Set<Party>();
  for (const { holder } of sessions)
    for (const number of holder) {
      const one = world.holders[number];
      if (one !== undefined && isParty(one)) parties.add(one);
    }
  return [...parties];
}

function count(world: World, office: Office, localDate: LocalDate, sessions: readonly Session[]): void {
  const use = world.tally.useOf(localDate);
  const add = (what: keyof Use, places = 1): void => {
    if (use) use[what] += places;
  };
  if (office.restDays.has(localDate)) add("holiday", promisedOn(office, localDate));
  for (const session of sessions) {
    world.tally.closedPlaces += session.state.length;
    for (let place = 0; place < session.state.length; place++) add(becameOf(world, session, place));
  }
}

function becameOf(world: World, session: Session, place: number): keyof Use {
  const cut = session.cut[place]!;
  if (cut !== 0) return world.causes[cut]!;
  const state = stateOf(session, place);
  if (state === "used") return "used";
  if (state === "booked") return "noShow";
  return state === "freed" ? "lateCancel" : "empty";
}
