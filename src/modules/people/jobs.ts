import type { LocalDate } from "#kernel/ids.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { transaction, type Context, type Tx } from "#platform/context.ts";
import { every, type Task } from "#platform/timetable.ts";
import { insertContactKeys, listContactsToSeal, listContactsWithoutKey } from "./store/contacts.ts";
import {
  deleteCardTriesBefore,
  deleteCodesOlderThan,
  deleteContactsToErase,
  deleteEnrolmentsBefore,
  deleteSessionsExpiredBefore,
  deleteStaffSessionsBefore,
  ERASED_AT_ONCE,
} from "./store/erasure.ts";
import { keepAddresses } from "./commands/contacts.ts";
import { PRESENCE_CONTACT_DAYS, PRESENCE_DAYS, RELEASES_KEPT_DAYS } from "./rules.ts";
import { parseAddress } from "./schema.ts";
import { deletePresencesBefore, forgetPresentContacts } from "./store/presences.ts";
import { deleteReleasesBefore } from "./store/releases.ts";

/** Codes are counted for 24 hours; the hour more is for clocks that differ. */
const CODES_KEPT_MS = DAY_MS + HOUR_MS;
const REKEYED_AT_ONCE = 500;
const SEALED_AT_ONCE = 500;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** Deletes what has outlived its purpose. Returns how many rows went, which is a figure without persons. */
export async function erasePeople(ctx: Context): Promise<number> {
  const { now } = ctx;
  const today = now.toISOString().slice(0, 10) as LocalDate;
  const sweeps: ((tx: Tx) => Promise<number>)[] = [
    (tx) => deleteSessionsExpiredBefore(tx, now),
    (tx) => deleteCodesOlderThan(tx, new Date(now.getTime() - CODES_KEPT_MS)),
    (tx) => deleteContactsToErase(tx, today),
    (tx) => deleteCardTriesBefore(tx, new Date(now.getTime() - DAY_MS)),
    (tx) => deleteEnrolmentsBefore(tx, now),
    (tx) => deleteStaffSessionsBefore(tx, now),
    (tx) => forgetPresentContacts(tx, new Date(now.getTime() - PRESENCE_CONTACT_DAYS * DAY_MS)),
    (tx) => deleteReleasesBefore(tx, new Date(now.getTime() - RELEASES_KEPT_DAYS * DAY_MS)),
    (tx) => deletePresencesBefore(tx, new Date(now.getTime() - PRESENCE_DAYS * DAY_MS)),
  ];
  let erased = 0;
  for (const sweep of sweeps) {
    let deleted: number;
    do {
      deleted = await transaction(ctx, "worker", sweep);
      erased += deleted;
    } while (deleted === ERASED_AT_ONCE);
  }
  return erased;
}

/**
 * During a rotation of the digest `contact`: gives every sealed contact its key under the newest
 * version, after which the old one may end. Cards have no address to read: their rotation lasts until
 * the last card of before it is erased. Returns how many contacts were done.
 */
export async function rekeyContacts(ctx: Context): Promise<number> {
  const [probe] = await ctx.keyring.digest("contact", [""]);
  const version = probe![0]!.version;
  let done = 0;
  let after = BEFORE_ALL;
  for (;;) {
    const from = after;
    const contacts = await transaction(ctx, "worker", (tx) =>
      listContactsWithoutKey(tx, version, from, REKEYED_AT_ONCE),
    );
    after = contacts.at(-1)?.id ?? after;
    const opened = await ctx.keyring.open(
      contacts.map((one) => ({ field: "people.contact", row: one.id, sealed: one.sealed })),
    );
    const readable = contacts.flatMap((contact, i) => {
      const parsed =
        opened[i] === undefined ? undefined : parseAddress(contact.kind === "email" ? "email" : "whatsapp", opened[i]);
      return parsed ? [{ contact, parsed }] : [];
    });
    const digests = await ctx.keyring.digest(
      "contact",
      readable.map((one) => one.parsed.key),
    );
    await transaction(ctx, "worker", async (tx) => {
      for (const [i, { contact, parsed }] of readable.entries())
        await insertContactKeys(tx, parsed.keyKind, contact.id, digests[i]!);
    });
    done += readable.length;
    if (contacts.length < REKEYED_AT_ONCE) return done;
  }
}

/**
 * Seals anew what is kept longer than the key over it, where the event of the proof died: without it the address would
 * be lost when the key is destroyed. One that cannot be read any more is passed over. Returns how many were sealed.
 */
export async function sealAnew(ctx: Context): Promise<number> {
  let sealed = 0;
  let after = BEFORE_ALL;
  for (;;) {
    const from = after;
    const ids = await transaction(ctx, "worker", (tx) => listContactsToSeal(tx, from, SEALED_AT_ONCE));
    sealed += await transaction(ctx, "worker", (tx) => keepAddresses(ctx, tx, ids));
    after = ids.at(-1) ?? after;
    if (ids.length < SEALED_AT_ONCE) return sealed;
  }
}

export const peopleTasks: readonly Task[] = [
  { name: "people.erase", dueAt: every(60, 7), run: erasePeople },
  // An address that was typed keeps its key for two days: dozens of runs before `keyring.destroy_due` takes it.
  { name: "people.seal_anew", dueAt: every(60, 37), run: sealAnew },
];
