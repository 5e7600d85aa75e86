import type { Brand } from "#kernel/brand.ts";
import type { ContactId, OfficeId, ServiceGroup } from "#kernel/ids.ts";
import type { Refusal } from "#kernel/outcome.ts";

export type RoomId = Brand<string, "RoomId">;
/** 32 hex digits: a person in one room, keyed; another room's id of the same person has nothing in common with it. */
export type RankId = Brand<string, "RankId">;
/** 32 hex digits: one contact's ticket for one first applicant in one room. */
export type TicketId = Brand<string, "TicketId">;
/** 24 hex digits, compared as text: 8 of the tick, 16 drawn by the tick's seed. */
export type Rank = Brand<string, "Rank">;
/** 64 hex digits: the value of a beacon's round, made a room's and a tick's own. */
export type Seed = Brand<string, "Seed">;
/** 64 hex digits of SHA-256. */
export type HashText = Brand<string, "HashText">;

/** Whose rounds order a room. The operator's own keep the chain's hours: a round is as long away, whoever makes it. */
export type RoomSource = "quicknet" | "operator";

/** One opening of one office and service group. */
export interface Room {
  readonly id: RoomId;
  readonly officeId: OfficeId;
  readonly serviceGroup: ServiceGroup;
  /** UTC, milliseconds: T of the design. Who joined before has tick 0. */
  readonly opensAt: number;
  /** UTC, milliseconds. Afterwards no ticket writes. */
  readonly closesAt: number;
  readonly source: RoomSource;
}

export type RoomState = "announced" | "open" | "over";

/** A room as its row has it. */
export interface StoredRoom extends Room {
  readonly state: RoomState;
  /** Places in its pool when its first tick was closed. */
  readonly places: number | null;
  /** Last tick that nobody can come into any more; -1 before the opening. */
  readonly closedThrough: number;
}

/** How somebody came to the room. A call counts from its ring: how soon it was answered is not the caller's doing. */
export interface Arrival {
  /** UTC, milliseconds, at which the persons are known. */
  readonly at: number;
  /** `id` was written into the log of the tick in which it rang, long before anybody knew who calls. */
  readonly ring?: { readonly at: number; readonly id: string };
}

/** What a contact holds. It says nothing that changes, so issuing it again needs no memory. */
export interface Ticket {
  readonly id: TicketId;
  readonly roomId: RoomId;
  /** Rank ids of the persons it may book. The first one's is the party's rank id. */
  readonly persons: readonly RankId[];
  /** Its place in the order of arrival: 0 before the opening, then one for each ten seconds. */
  readonly tick: number;
  /** In which tick's log it stands, and whose seed draws its rank; later than `tick` only for a call. */
  readonly loggedIn: number;
  /** Id of the ring that gives it an earlier tick than its log's. */
  readonly ring?: string;
}

/** What is published of a tick once it is over, before its seed can be known to anybody. */
export interface ClosedTick {
  readonly tick: number;
  readonly tickets: number;
  readonly rings: number;
  /** RFC 6962 root over the leaves in the order of their hashes, which says nothing of anybody. */
  readonly root: HashText;
  /** Chains the ticks: hash of the head before and this tick's lines. */
  readonly head: HashText;
}

/** A seed that has been drawn. `round` can be looked up by anybody. */
export interface DrawnSeed {
  readonly tick: number;
  readonly round: number;
  readonly seed: Seed;
}

/** How full the opening still is, as the public is told it. */
export type PlacesLeft = "none" | "few" | "some";

/** The one document that every waiting page reads: the same for all, and never taken back. */
export interface Status {
  readonly room: RoomId;
  /** Whose rounds order it: the operator's own nobody else can check. */
  readonly source: RoomSource;
  /** 0, 1, 2 …: a gap or a second document of one number is a fault that anybody can show. */
  readonly seq: number;
  /** UTC, milliseconds, of its making. */
  readonly at: number;
  readonly opensAt: number;
  readonly closesAt: number;
  /** Every ticket up to this rank may book. Empty before the first. It never falls. */
  readonly admitted: Rank | "";
  readonly places: PlacesLeft;
  /** Tick 0, closed at the opening; absent before. */
  readonly opening: { readonly tickets: number; readonly root: HashText } | undefined;
  /** The last closed tick with the tickets of all ticks so far and the head of their chain. */
  readonly log: { readonly tick: number; readonly tickets: number; readonly head: HashText } | undefined;
  /** Tick 0's and the last few; the others have an address of their own that never changes. */
  readonly seeds: readonly DrawnSeed[];
  /** Hash of the document before. */
  readonly previous: HashText | "";
}

/** Where a ticket stands, which is all that a page without script needs. Never a position. */
export type Standing =
  | { readonly state: "before" | "drawing" | "waiting"; readonly pollSeconds: number }
  | { readonly state: "admitted" | "over" };

/** A turn that a hold takes up. One for each (room, rank id, contact), for good. */
export interface Turn {
  readonly roomId: RoomId;
  readonly rankId: RankId;
  readonly contactId: ContactId;
}

export type RoomRefusal = Refusal &
  (
    | { readonly code: "room_not_open"; readonly from: Date }
    | { readonly code: "room_over" }
    /** Forged, changed, another contact's, another room's, or never logged: the answer does not tell them apart. */
    | { readonly code: "ticket_not_valid" }
    | { readonly code: "ticket_for_others" }
    | { readonly code: "not_your_turn" }
    | { readonly code: "turn_taken" }
    /** Another ticket names that call. */
    | { readonly code: "ring_used" }
    | { readonly code: "unknown_room" }
  );
