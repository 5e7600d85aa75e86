/**
 * Entries as columns of numbers: a million of them fit in a few hundred megabytes, and what they share is compared as
 * numbers. One entry is one booking of one contact.
 */

/** What is known of one booking. Digests and ids only. Instants in milliseconds. */
export interface Entry {
  readonly bookingId: string;
  readonly officeId: string;
  readonly contactId: string;
  readonly contactKind: string;
  /** The browser's session, which several contacts may have used one after the other. */
  readonly deviceId: string | null;
  /** 48 bits of the keyed digest of each person, 16 of each surname. */
  readonly persons: readonly number[];
  readonly surnames: readonly number[];
  /** The hour that was booked. */
  readonly startsAt: number;
  readonly bookedAt: number;
  readonly cancelledAt: number | null;
  readonly ended: "served" | "missed" | null;
  /** The contact was younger than seven days. */
  readonly freshContact: boolean;
  readonly assisted: boolean;
  readonly helperId: string | null;
  readonly duplicateBits: number;
  readonly resale: boolean;
  /** A CURP says otherwise than the name, birth or sex beside it, and no paper was seen. */
  readonly mismatch?: boolean | undefined;
}

const ENDED = [null, "served", "missed"] as const;
const KINDS = ["other", "email", "phone"] as const;
/** Way of reaching somebody → what sharing it is called. Nobody shares a paper card's folio by chance. */
const KIND_OF: Readonly<Record<string, (typeof KINDS)[number]>> = {
  email: "email",
  sms: "phone",
  voice: "phone",
  whatsapp: "phone",
};

/** Whole numbers for texts, in the order in which they came. */
export class Numbers {
  readonly #known = new Map<string, number>();

  of(text: string | null): number {
    if (text === null) return -1;
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#known.set(text, this.#known.size);
    return this.#known.size - 1;
  }
}

const FIRST_ROOM = 1024;

/** Numbers in a typed array that doubles when it is full. */
class Growing<T extends Int32Array | Float64Array> {
  #values: T;
  #size = 0;
  readonly #make: (room: number) => T;

  constructor(make: (room: number) => T) {
    this.#make = make;
    this.#values = make(FIRST_ROOM);
  }

  push(value: number): void {
    if (this.#size === this.#values.length) {
      const larger = this.#make(this.#size * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#size++] = value;
  }

  get values(): T {
    return this.#values.subarray(0, this.#size) as T;
  }
}

const ints = () => new Growing((room) => new Int32Array(room));
const floats = () => new Growing((room) => new Float64Array(room));

/** Where each bit of an entry's flags stands. */
const FRESH = 1;
const ASSISTED = 2;
const RESALE = 4;
const MISMATCH = 8;

/** Collects entries in any order; `at` gives one back as far as scoring needs it. */
export class EntryTable {
  readonly bookingIds: string[] = [];
  readonly #contactNumbers = new Numbers();
  readonly #deviceNumbers = new Numbers();
  readonly #officeNumbers = new Numbers();
  readonly #helperNumbers = new Numbers();
  readonly #contact = ints();
  readonly #device = ints();
  readonly #helper = ints();
  readonly #office = ints();
  readonly #kind = ints();
  readonly #ended = ints();
  readonly #flags = ints();
  readonly #bits = ints();
  readonly #startsAt = floats();
  readonly #bookedAt = floats();
  readonly #cancelledAt = floats();
  readonly #personsFrom = ints();
  readonly #persons = floats();
  readonly #surnames = ints();

  get size(): number {
    return this.bookingIds.length;
  }

  push(entry: Entry): void {
    this.bookingIds.push(entry.bookingId);
    this.#contact.push(this.#contactNumbers.of(entry.contactId));
    this.#device.push(this.#deviceNumbers.of(entry.deviceId));
    this.#helper.push(this.#helperNumbers.of(entry.helperId));
    this.#office.push(this.#officeNumbers.of(entry.officeId));
    this.#kind.push(KINDS.indexOf(KIND_OF[entry.contactKind] ?? "other"));
    this.#ended.push(ENDED.indexOf(entry.ended));
    this.#flags.push(
      (entry.freshContact ? FRESH : 0) +
        (entry.assisted ? ASSISTED : 0) +
        (entry.resale ? RESALE : 0) +
        (entry.mismatch ? MISMATCH : 0),
    );
    this.#bits.push(Math.floor(entry.duplicateBits));
    this.#startsAt.push(entry.startsAt);
    this.#bookedAt.push(entry.bookedAt);
    this.#cancelledAt.push(entry.cancelledAt ?? Number.NaN);
    this.#personsFrom.push(this.#persons.values.length);
    entry.persons.forEach((person, i) => {
      this.#persons.push(person);
      this.#surnames.push(entry.surnames[i] ?? -1);
    });
  }

  /** What the graph joins by. */
  get shared() {
    const [device, contact, helper] = [this.#device.values, this.#contact.values, this.#helper.values];
    return { entries: this.size, device, others: [contact, helper] };
  }

  at(i: number) {
    const from = this.#personsFrom.values[i]!;
    const to = i + 1 < this.size ? this.#personsFrom.values[i + 1]! : this.#persons.values.length;
    const flags = this.#flags.values[i]!;
    const cancelledAt = this.#cancelledAt.values[i]!;
    return {
      contact: this.#contact.values[i]!,
      device: this.#device.values[i]!,
      helper: this.#helper.values[i]!,
      office: this.#office.values[i]!,
      kind: KINDS[this.#kind.values[i]!]!,
      ended: ENDED[this.#ended.values[i]!]!,
      startsAt: this.#startsAt.values[i]!,
      bookedAt: this.#bookedAt.values[i]!,
      cancelledAt: Number.isNaN(cancelledAt) ? null : cancelledAt,
      persons: this.#persons.values.subarray(from, to),
      surnames: this.#surnames.values.subarray(from, to),
      freshContact: (flags & FRESH) > 0,
      assisted: (flags & ASSISTED) > 0,
      resale: (flags & RESALE) > 0,
      mismatch: (flags & MISMATCH) > 0,
      duplicateBits: this.#bits.values[i]!,
    };
  }
}

export type EntryOfTable = ReturnType<EntryTable["at"]>;
