import type { Services } from "./context.ts";

type Needed = Pick<Services, "database" | "clock">;

interface Looked<Told> {
  readonly period: number;
  readonly told: Promise<Told>;
}

/**
 * What many ask for and may be a little old: looked up once in each `periodMs` of the clock, counted from 1970, for all
 * who ask meanwhile; a full minute begins with a new look. While nothing changed it is the same object, so that pages
 * made from it stand; therefore `look` finds plain data, without maps or sets. A look that fails is everybody's who
 * waits for it and nobody's after, unless `look` answers with what was `last` told, undefined before the first look.
 * What is `asked` is the same for all who ask in one period. Whoever writes asks the database.
 */
export function lookEach<Given extends Needed, Told, Asked extends readonly unknown[]>(
  periodMs: number,
  look: (services: Given, last: Told | undefined, ...asked: Asked) => Promise<Told>,
): (services: Given, ...asked: Asked) => Promise<Told> {
  // For each database, so that tests with databases of their own do not see each other's.
  const looked = new WeakMap<Given["database"], Looked<Told>>();

  const lookAgain = async (before: Promise<Told> | undefined, services: Given, asked: Asked): Promise<Told> => {
    const last = await before?.catch(() => undefined);
    const found = await look(services, last, ...asked);
    return last !== undefined && JSON.stringify(last) === JSON.stringify(found) ? last : found;
  };

  return (services, ...asked) => {
    const { database, clock } = services;
    const period = Math.floor(clock.now().getTime() / periodMs);
    const known = looked.get(database);
    if (known?.period === period) return known.told;
    const mine = { period, told: lookAgain(known?.told, services, asked) };
    looked.set(database, mine);
    mine.told.catch(() => {
      // Nobody waits a whole period because one look failed.
      if (looked.get(database) === mine) looked.delete(database);
    });
    return mine.told;
  };
}
