import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { aSession, someContacts } from "#tests/support/fixtures.ts";
import type { BookingId, ContactId, ServiceSlug } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { WantedTime } from "#modules/booking/index.ts";
import { openOfficeFeed, readBoard, type FeedEvent } from "#modules/visits/index.ts";
import { aStaffId, staffContext } from "#modules/visits/visits.fixtures.ts";
import { settle } from "./commands/cash.ts";
import { moveDocuments, undoDocuments } from "./commands/documents.ts";
import { openParty } from "./commands/party.ts";
import { aReceivedParty, asOffered, seen } from "./issuing.fixtures.ts";
import type { IssuedDocument } from "./types.ts";

const PASSPORT = "pasaporte-adulto" as ServiceSlug;

let services: TestServices;
let wanted: WantedTime;
let contacts: ContactId[];
let clerkId: string;
let number = 0;

beforeAll(async () => {
  services = await openTestServices();
  ({ wanted } = await aSession(services, { steps: 16, counters: 10 }));
  contacts = await someContacts(services, 4);
  clerkId = await aStaffId(services);
});
afterAll(() => services.close());

const clerk = () => staffContext(services, clerkId);
const value = <T>(outcome: { ok: true; value: T } | { ok: false; refusal: { code: string } }): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return outcome.value;
};
const onTheWall = async () => (await readBoard(clerk(), wanted.officeId)).ready.map((one) => one.number);
const move = async (one: IssuedDocument, ...actions: Parameters<typeof moveDocuments>[1]["action"][]) => {
  let last = one;
  for (const action of actions) {
    services.clock.advance(1_000);
    last = value(await moveDocuments(clerk(), { documents: [seen(last)], action }))[0]!;
  }
  return last;
};

/** A family whose passports are paid for, with the number of its turn. */
async function aPaidFamily(people: number): Promise<IssuedDocument[]> {
  const party = Array.from({ length: people }, () => ({ services: [PASSPORT] }));
  const own = { contactId: contacts.pop()!, wanted };
  const bookingId: BookingId = await aReceivedParty(services, clerk, own, party, (number += 1));
  const documents = value(await openParty(clerk(), { bookingId }));
  const totalCents = documents.reduce((sum, one) => sum + one.dueCents, 0);
  const how = { kind: "paid", means: "exact_cash", receipt: "A-1" } as const;
  return value(await settle(clerk(), { bookingId, items: asOffered(documents), totalCents, how }));
}

test("the wall shows a family's turn when all of its papers can be fetched, until they are, and nobody's of another day", async () => {
  const [mine, hers] = await aPaidFamily(2);
  const [his] = await aPaidFamily(1);
  expect(await onTheWall()).toEqual([]);
  await move(mine!, "capture", "produce", "ready");
  const last = await move(hers!, "capture", "produce");
  // The daughter's is still being made: they need not walk twice.
  expect(await onTheWall()).toEqual([]);
  const heard: FeedEvent[] = [];
  const feed = await openOfficeFeed(services);
  feed.subscribe(wanted.officeId, (event) => heard.push(event));
  const ready = await move(last, "ready");
  expect(await onTheWall()).toEqual([1]);
  await expect.poll(() => heard).toContainEqual({ kind: "visits", wall: true });
  await feed.close();

  await move(his!, "capture", "produce", "ready");
  expect(await onTheWall()).toEqual([2, 1]);
  const fetched = await move(ready, "deliver");
  expect(await onTheWall()).toEqual([2, 1]);
  const [first] = value(await undoDocuments(clerk(), { documents: [seen(fetched)] }));
  await move(first!, "deliver");
  const [other] = value(await openParty(clerk(), { bookingId: mine!.bookingId })).filter((one) => one.id === mine!.id);
  await move(other!, "deliver");
  expect(await onTheWall()).toEqual([2]);
  services.clock.advance(DAY_MS);
  expect(await onTheWall()).toEqual([]);
});
