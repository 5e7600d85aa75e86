import { addDays, HOUR_MS } from "#kernel/time.ts";
import { reseat, settle, sit } from "./book.ts";
import { findRoom } from "./find.ts";
import { ANSWERS_AFTER_HOURS, FOUND_PER_DAY, LOOKS_AT_DAYS, SAYS_NO, SAYS_YES } from "./parameters.ts";
import type { Kept, Party } from "./people.ts";
import type { World } from "./world.ts";

/** Share of those who have to choose another day and do not want one any more. Guess. */
const LEAVES = 0.06;

/** A household answers some hours later, or not at all; what is kept for it ends with the hour that it lost. */
export function answerLater(world: World, kept: Kept): void {
  const chance = world.chance(kept.party.office.at);
  const says = chance.next();
  const at = world.now + chance.exponential(ANSWERS_AFTER_HOURS * HOUR_MS);
  const stands = () => kept.party.displaced?.kept === kept;
  if (says < SAYS_YES + SAYS_NO && at < kept.until)
    world.at(at, () => {
      if (!stands()) return;
      if (says < SAYS_YES) accept(world, kept);
      else {
        dropKept(world, kept);
        world.tally.count("refused");
      }
    });
  world.at(kept.until, () => {
    if (!stands()) return;
    dropKept(world, kept);
    world.tally.count("expired");
  });
}

function accept(world: World, kept: Kept): void {
  const { party, places } = kept;
  world.free(party.places);
  world.changeAll(places, "booked", party.holder);
  world.endHolder(kept.holder);
  const { displaced } = party;
  displaced!.kept = undefined;
  sit(party, kept, places);
  stillStands(world, party);
  settle(world, displaced!, kept.localDate, "accepted");
}

/** What was kept is open or planned again; what a cut took of it meanwhile stays with the cut. */
export function dropKept(world: World, kept: Kept): void {
  const { sessions, numbers } = kept.places;
  const held = sessions.flatMap((session, i) => (session.holder[numbers[i]!] === kept.holder ? [i] : []));
  world.giveBack({ sessions: held.map((i) => sessions[i]!), numbers: held.map((i) => numbers[i]!) });
  kept.party.displaced!.kept = undefined;
  world.endHolder(kept.holder);
}

/** It stands on no place that was cut any more. */
export function stillStands(world: World, party: Party): void {
  party.displaced = undefined;
  world.displaced.delete(party);
}

/** Those who have to choose another day, alone or with staff: some of them find one today, a few want none any more. */
export function workList(world: World): void {
  for (const party of [...world.displaced]) {
    const { displaced, office } = party;
    if (displaced === undefined || displaced.kept) continue;
    const chance = world.chance(office.at);
    if (!chance.happens(FOUND_PER_DAY)) continue;
    if (chance.happens(LEAVES)) {
      world.free(party.places);
      world.endHolder(party.holder);
      stillStands(world, party);
      world.cases.ended += 1;
      world.tally.count("leftByItself");
      continue;
    }
    const today = world.today(office);
    const from = [addDays(today, 1), party.localDate].sort()[1]!;
    const found = findRoom(world, office, party, { from, most: LOOKS_AT_DAYS + 8 }, chance);
    if (!found) continue;
    reseat(world, party, found);
    stillStands(world, party);
    settle(world, displaced, found.localDate, "chose");
  }
}
