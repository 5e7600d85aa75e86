import { afterAll, expect, test } from "vitest";
import { HOURS } from "#tests/support/draw-world.ts";
import { aBrowser, ATTEMPTS, masked, PHASES, type Adversary, type Phase } from "./family-attempts.ts";
import { aFamilyWorld, FAMILY_PHONE, type FamilyWorld, type Filing } from "./family-world.ts";

const worlds: FamilyWorld[] = [];
afterAll(async () => {
  for (const world of worlds) await world.close();
});

/** When each point of the cycle comes; the telephone is proved anew at each. */
const WHEN: Readonly<Record<Phase, Date | undefined>> = {
  filed: undefined,
  locked: HOURS.lock,
  drawn: HOURS.round,
  reminded: new Date("2026-12-02T18:00:00Z"),
  day: new Date("2026-12-03T15:30:00Z"),
  over: new Date("2026-12-05T18:00:00Z"),
};

/** What the adversary saw at each attempt, through the whole cycle. */
async function followed(filing: Filing, interfere: (she: Adversary) => Promise<void> = () => Promise.resolve()) {
  const world = await aFamilyWorld(filing);
  worlds.push(world);
  const seen = new Map<string, string>();
  const she: Adversary = { world, phone: "", booking: "", request: "", browser: aBrowser(world) };
  for (const phase of PHASES) {
    const when = WHEN[phase];
    if (when) await world.goOn(when);
    she.phone = await world.proved(FAMILY_PHONE, "voice");
    await interfere(she);
    for (const { name, at, make } of ATTEMPTS) if (at.includes(phase)) seen.set(`${phase}: ${name}`, await make(she));
  }
  return { world, seen };
}

function differing(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] {
  return [...one].filter(([name, text]) => other.get(name) !== text).map(([name]) => name);
}

const nothing = followed({ by: "stranger", ownPin: true });

test("whoever has the telephone and knows the family sees the same whether or not somebody of it has filed", async () => {
  expect(ATTEMPTS.length).toBeGreaterThanOrEqual(40);
  const { seen: empty } = await nothing;
  const { world, seen } = await followed({ by: "family", ownPin: true });
  expect(differing(seen, empty)).toEqual([]);
  // What is compared is there: her folio and PIN open it, after the whole cycle.
  const { token } = (await world.api("", "POST", "/sessions", {})).json<{ token: string }>();
  const opened = (await world.api(token, "POST", "/sessions/card", world.secret)).json<{ token: string }>();
  const hers = await world.api(opened.token, "GET", `/bookings/${world.ids.booking}`);
  expect([hers.statusCode, masked(hers)]).toEqual([200, expect.stringContaining("Ficticia ri")]);
}, 400_000);

test("without a PIN of her own the contact's doings show, but never where or when: the control", async () => {
  const { seen: empty } = await nothing;
  const { world, seen } = await followed({ by: "family", ownPin: false });
  expect(differing(seen, empty)).toEqual(
    expect.arrayContaining([
      "filed: booking the mother",
      "filed: asking in the draw for the child",
      "filed: asking urgently",
      "filed: a birth date, by whatsapp",
      "filed: what came to the telephone",
    ]),
  );
  // With the telephone alone there is nothing to read, for it is not the person.
  for (const name of ["her bookings", "her requests", "her urgent requests"])
    expect(seen.get(`locked: ${name}`)).toBe(empty.get(`locked: ${name}`));
  expect(world.inbox.length).toBeGreaterThan(0);
}, 400_000);

test("a service that opens to whoever has proved the contact is caught: the control of the wall", async () => {
  const { seen: empty } = await nothing;
  const { seen } = await followed({ by: "family", ownPin: false }, async ({ world }) => {
    await world.services.adminQuery(
      `insert into booking.opened (session_id, subject_id, opened_at)
       select s.id, one, $1 from people.sessions s, unnest($2::uuid[]) one where s.contact_id is not null on conflict do nothing`,
      [world.services.clock.now(), Object.values(world.ids)],
    );
  });
  expect(differing(seen, empty)).toEqual(
    expect.arrayContaining(["locked: her bookings", "locked: her requests", "locked: her urgent requests"]),
  );
}, 400_000);
