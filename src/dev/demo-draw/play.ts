import {
  advanceDraws,
  findPublishedDraw,
  getOpenDraw,
  hurryDemo,
  listDrawLines,
  listRequests,
  measureDraws,
  openNextDraw,
  type DrawId,
  type PublishedDraw,
} from "#modules/allocation/index.ts";
import { acceptOffer, bookDueOffers, decline } from "#modules/booking/index.ts";
import { systemContext, type Services } from "#platform/context.ts";
import { readPublished } from "../../verify/published.ts";
import { verify } from "../../verify/verify.ts";
import { fileRequests, type DemoHousehold } from "../demo-world/draws.ts";
import type { DemoRefusal, DemoStep } from "./steps.ts";

/** Households that ask just before the list is closed; so few that they are in it within two seconds. */
const HOUSEHOLDS = 40;
/** So many of those who are asked cannot come, so that the second round has something to give. */
const SAY_NO = 5;
/** How often the play looks for what is due: the timetable looks once a minute. */
const LOOK_MS = 500;
/** What did not come in so long will not come: something is broken. */
const GIVE_UP_MS = 60_000;

export interface Stage {
  readonly told: (step: DemoStep) => void;
  /** Real time passes; a test moves its clock instead. */
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Plays the demonstration that is open from the last requests to the second round, in about forty seconds: with the
 * service's own commands, only that nobody waits for Sunday. May be played again and again.
 */
export async function playDraw(services: Services, { told, wait }: Stage): Promise<DemoRefusal | undefined> {
  const now = () => systemContext(services, "demo_draw");
  await openNextDraw(now(), "demo");
  const open = await getOpenDraw(now());
  if (open?.kind !== "demo") return "no_draw";
  if (open.round !== null) return "drand_cannot_be_hurried";
  const second = (await findPublishedDraw(services, open.id))!.other!;

  const households = await fileRequests(services, open, `${open.id} at the end`, HOUSEHOLDS, 0);
  told({ code: "filed", households: households.length });
  // A draw that opened just now locks later than it opened.
  await wait(LOOK_MS);
  await hurryDemo(now());
  told({ code: "closed" });

  const locked = await until(open.id, (draw) => isSigned(draw) && draw);
  const { count, persons, root } = locked.manifest!;
  told({ code: "locked", entries: count, people: persons, root, witnesses: locked.witnesses.length });
  const first = await until(open.id, (draw) => draw.result);
  told({ code: "drawn", served: first.served, waiting: first.waiting });
  await advanceDraws(now());
  const booked = await bookDueOffers(now());
  told({ code: "answered", booked, ...(await answer(households)) });

  const { answersBy } = locked.draw;
  await until(open.id, () => services.clock.now() >= answersBy);
  told({ code: "silent", booked: await bookDueOffers(now()) });
  const again = await until(second, (draw) => draw.result);
  told({ code: "second", served: again.served, waiting: again.waiting });
  await advanceDraws(now());
  // The timetable would do both within a minute; whoever looks now sees them.
  await measureDraws(now());
  await openNextDraw(now(), "demo");
  told({ code: "checked", ...(await check(open.id)) });
  told({ code: "done", draw: open.id, second });
  return undefined;

  /** Does what is due until the draw is so far. */
  async function until<Found>(id: DrawId, find: (draw: PublishedDraw) => Found | undefined | false): Promise<Found> {
    for (let waited = 0; waited < GIVE_UP_MS; waited += LOOK_MS) {
      await advanceDraws(now());
      const draw = await findPublishedDraw(services, id);
      const found = draw && find(draw);
      if (found) return found;
      await wait(LOOK_MS);
    }
    throw new Error("the demonstration did not go on");
  }

  /** Witnesses have until the round; a draw does not wait for them, it is only unproven without. */
  function isSigned({ manifest, witnesses, opening, draw }: PublishedDraw): boolean {
    return manifest !== undefined && (witnesses.length >= opening.quorum || services.clock.now() >= draw.drawsAt);
  }

  /** Of those who want to be asked one says yes and a few say no; the others are silent, and keep their places. */
  async function answer(asked: readonly DemoHousehold[]): Promise<{ yes: number; no: number }> {
    const current = (one: DemoHousehold) => ({ ...one.ctx, now: services.clock.now() });
    const offered: DemoHousehold[] = [];
    for (const one of asked.filter(({ autoConfirm }) => !autoConfirm)) {
      const requests = await listRequests(current(one));
      if (requests.some(({ state }) => state === "offered")) offered.push(one);
    }
    const [says, ...others] = offered;
    const yes = says && (await acceptOffer(current(says), says.requestId, says.contactId));
    let no = 0;
    for (const cannot of others.slice(0, SAY_NO))
      if ((await decline(current(cannot), cannot.requestId, cannot.contactId)).ok) no += 1;
    return { yes: yes?.ok ? 1 : 0, no };
  }

  /** Reads the published files as a stranger would, and computes everything anew from them. */
  async function check(id: DrawId): Promise<{ verdict: string; faults: number; entries: number }> {
    const reader = readPublished();
    for (const file of ["documents", "replay"] as const)
      for await (const line of listDrawLines(now(), id, file)) reader.line(line);
    const { verdict, faults, entries } = verify(reader.end());
    return { verdict, faults: faults.length, entries };
  }
}
