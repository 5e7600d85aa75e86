import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { DAY_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import type { Keyring } from "#platform/keyring/index.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { askForCode, verifiedSession } from "./people.fixtures.ts";
import { contactAddress } from "./queries.ts";
import { erasePeople, rekeyContacts, sealAnew } from "./jobs.ts";

let services: TestServices;
beforeAll(async () => {
  services = await openTestServices();
});
afterAll(() => services.close());

const count = async (table: string): Promise<number> =>
  (await services.adminQuery<{ n: number }>(`select count(*)::int as n from people.${table}`))[0]!.n;
const counts = async () => ({
  sessions: await count("sessions"),
  codes: await count("codes"),
  contacts: await count("contacts"),
  keys: await count("contact_keys"),
});

it("erases addresses that nobody proved after two days, and everything of a contact after thirteen months", async () => {
  await askForCode(services, "ajena@example.org");
  await verifiedSession(services, "propia@example.org");
  const erase = () => erasePeople(systemContext(services, "test"));
  await erase();
  expect(await counts()).toEqual({ sessions: 2, codes: 2, contacts: 2, keys: 2 });
  services.clock.advance(3 * DAY_MS);
  await erase();
  expect(await counts()).toEqual({ sessions: 1, codes: 0, contacts: 1, keys: 1 });
  services.clock.advance(400 * DAY_MS);
  expect(await erase()).toBeGreaterThan(0);
  expect(await counts()).toEqual({ sessions: 0, codes: 0, contacts: 0, keys: 0 });
});

it("gives every contact a key of the new version before the old one ends", async () => {
  const before = await verifiedSession(services, "dormida@example.org");
  await services.keyring.rotate("contact");
  expect(await rekeyContacts(systemContext(services, "test"))).toBe(1);
  expect(await rekeyContacts(systemContext(services, "test"))).toBe(0);
  await services.keyring.endRotation("contact");
  const after = await verifiedSession(services, "dormida@example.org");
  expect(after.session.contactId).toBe(before.session.contactId);
});

describe("an address whose event died", () => {
  const prove = async (address: string) => (await verifiedSession(services, address)).session.contactId!;
  const addressOf = async (id: ContactId) =>
    (await contactAddress(systemContext(services, "test"), [id])).get(id)?.address;
  const seal = () => sealAnew(systemContext(services, "test"));
  const monthAfterNext = () => new Date(services.clock.now().getTime() + 62 * DAY_MS).toISOString().slice(0, 7);
  const destroyed = () => services.keyring.destroyDue(`${monthAfterNext()}-01` as LocalDate);

  it("moves under the key of the later month all the same, once", async () => {
    await seal();
    const id = await prove("guardar@example.org");
    expect(await seal()).toBe(1);
    expect(await seal()).toBe(0);
    await destroyed();
    expect(await addressOf(id)).toBe("guardar@example.org");
  });

  it("is sealed with all others of the sweep in one call of the keyring, and each stays its own", async () => {
    await seal();
    const addresses = ["una@example.org", "dos@example.org", "tres@example.org"];
    const ids: ContactId[] = [];
    for (const address of addresses) ids.push(await prove(address));
    const sealed: number[] = [];
    const keyring: Keyring = {
      ...services.keyring,
      seal: (items) => {
        sealed.push(items.length);
        return services.keyring.seal(items);
      },
    };
    expect(await sealAnew({ ...systemContext(services, "test"), keyring })).toBe(3);
    expect(sealed).toEqual([3]);
    await destroyed();
    expect(await Promise.all(ids.map(addressOf))).toEqual(addresses);
  });

  it("is lost without the sweep (the negative control), does not stop it, and is there again once it is typed again", async () => {
    const lost = await prove("perdida@example.org");
    await destroyed();
    expect(await addressOf(lost)).toBeUndefined();
    expect(await seal()).toBe(0);
    services.clock.advance(62 * DAY_MS);
    const kept = await prove("otra@example.org");
    expect(await seal()).toBe(1);
    expect(await addressOf(kept)).toBe("otra@example.org");
    const typed = await prove("perdida@example.org");
    expect(typed).toBe(lost);
    expect(await addressOf(lost)).toBe("perdida@example.org");
  });
});
