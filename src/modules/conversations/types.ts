import type { Brand } from "#kernel/brand.ts";
import type { BookingId, LocalDate, OfficeId, ServiceSlug } from "#kernel/ids.ts";
import type { ApplicantRequest, WantedTime } from "#modules/booking/index.ts";
import type { RequestId } from "#modules/allocation/index.ts";
import type { EmergencyKind, NeededBy } from "#modules/emergencies/index.ts";
import type { State } from "./rules/state.ts";

export type Language = "es" | "en";
/** Where a conversation is held; it goes on wherever the same person writes next. */
export type TalkChannel = "whatsapp" | "sms" | "phone";

/** One answer that a question offers. `key` is what a person types, or presses, where there is nothing to touch. */
export interface Choice {
  readonly key: string;
  readonly value: string;
  /** Short: a channel cuts it to what it can show. */
  readonly title: string;
  readonly detail?: string | undefined;
}

/** What is said next, in words that every channel can show or speak. Choices are in their order; the first is always danger. */
export interface Prompt {
  readonly language: Language;
  /** Counts the questions of a conversation: a button of an older one is known by it. */
  readonly turn: number;
  readonly text: string;
  readonly choices: readonly Choice[];
  /** What opens a list, and how to answer where there is nothing to touch. */
  readonly labels: { readonly choose: string; readonly reply: string };
  /** Of danger: who answers at once. A caller is put through. */
  readonly dial?: string | undefined;
}

/** What is not text: it reaches a person, and nothing of it is guessed. */
export type Media = "audio" | "image" | "video" | "document" | "sticker" | "location" | "contacts" | "unknown";

/** What came in. */
export type Said =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "pick"; readonly turn: number; readonly key: string }
  | { readonly kind: "media"; readonly media: Media };

/** What a person has said of one of her party so far. */
export type PersonSoFar = Partial<Omit<ApplicantRequest, "services">> & { readonly service: ServiceSlug };

/** What a conversation has gathered. Personal: sealed wherever it is kept. */
export interface Draft {
  readonly intent?: "book" | "find" | "releases" | "requirements" | "urgent" | undefined;
  /** What happened and by when help is needed, of whoever asks for urgent attention. */
  readonly urgent?: { readonly kind: EmergencyKind; readonly neededBy?: NeededBy | undefined } | undefined;
  readonly officeId?: OfficeId | undefined;
  readonly service?: ServiceSlug | undefined;
  readonly people: readonly ApplicantRequest[];
  readonly person?: PersonSoFar | undefined;
  /** What was opened here: its people give way to its own. */
  readonly own?: OwnItem | undefined;
  readonly date?: LocalDate | undefined;
  readonly startsAt?: string | undefined;
  /** Places here are drawn, so that what is filed is a request. */
  readonly drawn?: boolean | undefined;
  /** Of a request: she wants to say yes or no to the place that falls to her; otherwise it is hers at once. */
  readonly asksFirst?: boolean | undefined;
}

/** A booking or request that this person proved to be hers, as far as a conversation tells it. */
export interface OwnItem {
  readonly kind: "booking" | "request";
  readonly id: string;
  readonly number: string;
  readonly officeId: OfficeId;
  /** ISO instant of the booking, or of the place that is offered; null of a request that waits. */
  readonly startsAt: string | null;
  readonly offered: boolean;
  /** A request's own answers, told back when a place is offered. */
  readonly people: number;
  readonly services: readonly (readonly ServiceSlug[])[];
}

/** What a step wants done. The runner does it by the same commands as the web and hands back the result. */
export type Effect =
  | { readonly do: "near"; readonly query: string }
  | { readonly do: "days"; readonly officeId: OfficeId; readonly services: readonly (readonly ServiceSlug[])[] }
  | {
      readonly do: "times";
      readonly officeId: OfficeId;
      readonly date: LocalDate;
      readonly services: readonly (readonly ServiceSlug[])[];
    }
  | { readonly do: "book"; readonly wanted: WantedTime; readonly people: readonly ApplicantRequest[] }
  | {
      readonly do: "request";
      readonly officeId: OfficeId;
      readonly people: readonly ApplicantRequest[];
      readonly asksFirst: boolean;
    }
  | { readonly do: "open"; readonly folio: string }
  | { readonly do: "openBorn"; readonly bornOn: LocalDate }
  | { readonly do: "cancel"; readonly id: BookingId }
  | { readonly do: "move"; readonly id: BookingId; readonly wanted: WantedTime }
  | { readonly do: "accept"; readonly id: RequestId }
  | { readonly do: "decline"; readonly id: RequestId }
  | { readonly do: "withdraw"; readonly id: RequestId }
  | { readonly do: "releases"; readonly officeId: OfficeId }
  | {
      readonly do: "urgent";
      readonly officeId: OfficeId;
      readonly kind: EmergencyKind;
      readonly neededBy: NeededBy;
    }
  | { readonly do: "person"; readonly reason: TaskReason }
  | { readonly do: "sendCode" }
  | { readonly do: "checkCode"; readonly code: string }
  /** Goes on where an earlier call or chat of this number stood. */
  | { readonly do: "resume" }
  | { readonly do: "stop" }
  | { readonly do: "start" };

/** Somebody who waits for a person. */
export type TaskId = Brand<string, "TaskId">;
export type TaskReason = "asked" | "media" | "not_understood" | "emergency";

/** What became of an effect. `refused` carries the code of the command that said no. */
export type Result =
  | { readonly kind: "near"; readonly offices: readonly OfficeId[]; readonly label: string }
  | { readonly kind: "days"; readonly dates: readonly LocalDate[]; readonly drawn: boolean }
  | { readonly kind: "times"; readonly starts: readonly string[] }
  | { readonly kind: "booked"; readonly number: string }
  | { readonly kind: "filed"; readonly number: string; readonly resultAt: string | null }
  | { readonly kind: "own"; readonly items: readonly OwnItem[] }
  | { readonly kind: "releases"; readonly ticks: readonly string[]; readonly draws: readonly string[] }
  | { readonly kind: "kept"; readonly state: State | undefined }
  | { readonly kind: "done" }
  | { readonly kind: "refused"; readonly code: string };

/** A service as a conversation offers it: those of one scope are one choice, and the age decides which. */
export interface ServiceFact {
  readonly slug: ServiceSlug;
  readonly scope: string;
  readonly name: string;
  readonly bookable: boolean;
  readonly ages: { readonly min: number; readonly max: number };
  readonly parentsTakePart: boolean;
  readonly requirements: readonly string[];
}

export interface OfficeFact {
  readonly id: OfficeId;
  readonly city: string;
  readonly zone: string;
  readonly address: string | undefined;
  readonly phone: string | undefined;
  readonly dutyLine: string | undefined;
  /** Special days at a venue still to come, soonest first. */
  readonly venues: readonly { readonly date: LocalDate; readonly place: string }[];
}

/** All that a step may know beside what was said. Nothing here is personal. */
export interface Facts {
  readonly now: Date;
  readonly channel: TalkChannel;
  readonly lines: { readonly ciam: string; readonly ciamFromMexico: string };
  readonly services: readonly ServiceFact[];
  readonly office: (id: OfficeId) => OfficeFact | undefined;
  /** Reads a CURP; undefined when it is none. */
  readonly readCurp: (typed: string) => Pick<ApplicantRequest, "curp" | "bornOn" | "bornIn" | "sex"> | undefined;
  /** Whether whoever writes has proved that the number is hers: by the provider's signature, or by a code. */
  readonly proved: boolean;
  /** The same within the last minutes: what gives a place away asks for it. */
  readonly provedNow: boolean;
}

/** A message as a provider handed it over, read and signed. Personal. */
export interface Incoming {
  readonly channel: TalkChannel;
  /** The provider's id: the same when it comes again. */
  readonly messageId: string;
  /** `+15595550123`, or `wa:` and a user id where there is no number. */
  readonly address: string;
  readonly saidAt: Date;
  readonly said: Said;
  /** The provider's id of a voice note or picture, for the person who looks at it. */
  readonly mediaId?: string | undefined;
  /** Id of the call in which it was said: who calls is known by nothing but a number that anybody can claim. */
  readonly call?: string | undefined;
  /** Chosen before anything was said. */
  readonly language?: Language | undefined;
}

/** What is sealed of somebody who waits for a person. */
export interface KeptTask {
  readonly address: string;
  readonly mediaId?: string | undefined;
}

/** What is sealed of an answer. */
export interface KeptReply {
  readonly to: string;
  readonly prompt: Prompt;
}

export type DeliveryState = "delivered" | "read" | "failed";

/** What a provider tells of something we sent. */
export interface Delivery {
  readonly ref: string;
  readonly state: DeliveryState;
}

/** An answer as it leaves; personal, for the instant of sending. */
export interface OutgoingReply {
  /** The same on a repeat. */
  readonly id: string;
  readonly to: string;
  readonly prompt: Prompt;
  /** False when the provider no longer takes our own words: then only a template goes out. */
  readonly inWindow: boolean;
}

/** `ref` is the provider's id of what it took; `code` is short and holds nothing that the other side said. */
export type CarryResult =
  | { readonly ok: true; readonly ref?: string | undefined }
  | { readonly ok: false; readonly retry: boolean; readonly code: string };

/** Carries answers on one channel. Never throws, and answers within half a minute. */
export interface Carrier {
  readonly channel: TalkChannel;
  carry(reply: OutgoingReply): Promise<CarryResult>;
  /** A voice note or picture that somebody sent, by the provider's id; undefined where it is away, too large or of a kind that is not shown. */
  media?(mediaId: string): Promise<MediaFile | undefined>;
}

export interface MediaFile {
  readonly type: string;
  readonly bytes: Buffer;
}
