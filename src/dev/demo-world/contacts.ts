import type { ContactId, LocalDate } from "#kernel/ids.ts";
import { folioFrom } from "#kernel/folio.ts";
import { addDays, localDateAt } from "#kernel/time.ts";
import type { Services, Tx } from "#platform/context.ts";
import { run, sql } from "#platform/db/index.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { newId, randomBytes } from "#platform/random.ts";
import type { Dice } from "./dice.ts";

/** Days for which a contact is kept after its last use; about the 13 months of the people module. */
const KEPT_DAYS = 395;
/** A scrypt hash that no PIN has. */
const NOBODYS_PIN = `scrypt$16384$8$5$${Buffer.alloc(16).toString("base64url")}$${Buffer.alloc(32).toString("base64url")}`;

interface NewContact {
  readonly id: ContactId;
  readonly kind: "card" | "email" | "sms";
  /** Empty for a card. */
  readonly address: string;
}

/** Verified contacts of the demo world, written directly: they never typed a code. Those without an address have a paper card, which nothing is sent to. */
export async function makeContacts(
  services: Services,
  dice: Dice,
  count: number,
  withAddress: number,
): Promise<ContactId[]> {
  const now = services.clock.now();
  const contacts = Array.from({ length: count }, (): NewContact => {
    const id = newId<ContactId>();
    if (!dice.chance(withAddress)) return { id, kind: "card", address: "" };
    return dice.chance(0.5)
      ? { id, kind: "email", address: `demo.${id.slice(0, 8)}@correo.example` }
      : { id, kind: "sms", address: `+1559555${String(dice.between(0, 9999)).padStart(4, "0")}` };
  });
  const eraseAfter = addDays(localDateAt(now, "UTC"), KEPT_DAYS);
  await writeCards(
    services,
    contacts.filter((one) => one.kind === "card"),
    eraseAfter,
    now,
  );
  await writeAddresses(
    services,
    contacts.filter((one) => one.kind !== "card"),
    eraseAfter,
    now,
  );
  return contacts.map((one) => one.id);
}

async function writeCards(
  services: Services,
  cards: readonly NewContact[],
  eraseAfter: LocalDate,
  now: Date,
): Promise<void> {
  if (cards.length === 0) return;
  const ids = cards.map((one) => one.id);
  const digests = await services.keyring.digest(
    "card",
    cards.map(() => folioFrom(randomBytes(12))),
  );
  await services.database.transaction("console", {}, async (tx) => {
    await run(
      tx,
      sql`insert into people.contacts (id, kind, language, verified_at, created_at, erase_after)
          select id, 'card', 'es', ${now}, ${now}, ${eraseAfter}::date from unnest(${ids}::uuid[]) id`,
    );
    await writeKeys(
      tx,
      "card",
      ids,
      digests.map((versions) => versions[0]!),
    );
    await run(
      tx,
      sql`insert into people.cards (contact_id, pin_hash, issued_at) select id, ${NOBODYS_PIN}, ${now} from unnest(${ids}::uuid[]) id`,
    );
  });
}

async function writeAddresses(
  services: Services,
  contacts: readonly NewContact[],
  eraseAfter: LocalDate,
  now: Date,
): Promise<void> {
  if (contacts.length === 0) return;
  const ids = contacts.map((one) => one.id);
  const under = monthKey(eraseAfter.slice(0, 7));
  const sealed = await services.keyring.seal(
    contacts.map((one) => ({ under, field: "people.contact" as const, row: one.id, plain: one.address })),
  );
  const digests = await services.keyring.digest(
    "contact",
    contacts.map((one) => `${keyKind(one)}:${one.address}`),
  );
  await services.database.transaction("citizen_writer", {}, async (tx) => {
    await run(
      tx,
      sql`insert into people.contacts (id, kind, sealed, seal_ends, language, verified_at, created_at, erase_after)
          select id, kind, sealed, ${under.destroyAfter}::date, 'es', ${now}, ${now}, ${eraseAfter}::date
          from unnest(${ids}::uuid[], ${contacts.map((one) => one.kind)}::text[], ${sealed}::bytea[]) as t (id, kind, sealed)`,
    );
    for (const kind of ["email", "phone"] as const) {
      const own = contacts.flatMap((one, i) => (keyKind(one) === kind ? [{ id: one.id, ...digests[i]![0]! }] : []));
      await writeKeys(
        tx,
        kind,
        own.map((one) => one.id),
        own,
      );
    }
  });
}

function keyKind({ kind }: NewContact): "email" | "phone" {
  return kind === "email" ? "email" : "phone";
}

async function writeKeys(
  tx: Tx,
  kind: string,
  ids: readonly ContactId[],
  digests: readonly { digest: Buffer; version: number }[],
): Promise<void> {
  await run(
    tx,
    sql`insert into people.contact_keys (digest, kind, contact_id, version)
        select digest, ${kind}, id, version
        from unnest(${ids}::uuid[], ${digests.map((one) => one.digest)}::bytea[], ${digests.map((one) => one.version)}::smallint[]) as t (id, digest, version)
        on conflict do nothing`,
  );
}
