import type { ContactId } from "#kernel/ids.ts";
import { openSession, proveByMessage, requestCode, verifyCode } from "#modules/people/index.ts";
import { contextFor, type Context, type Services } from "#platform/context.ts";
import { PROOF_MS, PROVED_NOW_MS } from "../rules/times.ts";
import type { Language, Result, TalkChannel } from "../types.ts";

/** What a conversation keeps of who writes: its session, and until when that proves anything. */
export interface Identity {
  readonly channel: TalkChannel;
  readonly sessionId: string;
  readonly openedAt: string;
  readonly contactId?: ContactId | undefined;
  readonly provedAt?: string | undefined;
}

export interface Proven {
  readonly sessionId: string;
  readonly contactId: ContactId;
}

export interface Writer {
  readonly services: Services;
  readonly channel: TalkChannel;
  readonly language: Language;
  readonly address: string;
  /** Of the message that is worked on. */
  readonly requestId: string;
}

const PURPOSE = "conversation";

export function contextOf({ services, channel, language, requestId }: Writer, own?: Identity): Context {
  const actor = own?.contactId
    ? ({ kind: "citizen", sessionId: own.sessionId, contactId: own.contactId } as const)
    : ({ kind: "visitor", sessionId: own?.sessionId } as const);
  return contextFor(services, { actor, channel, purpose: PURPOSE, requestId, language });
}

/** How far whoever writes on this channel is proved: by the provider's signature at once, by SMS or a call only with a code. */
export function proofOf(channel: TalkChannel, own: Identity | undefined, now: Date) {
  if (channel === "whatsapp") return { proved: true, provedNow: true };
  const age = own?.channel === channel && own.provedAt ? now.getTime() - Date.parse(own.provedAt) : Infinity;
  return { proved: age < PROOF_MS, provedNow: age < PROVED_NOW_MS };
}

/** The proved writer of a WhatsApp message, or of an SMS or call whose code was typed; undefined when nothing proves her. */
export async function identify(writer: Writer, own: Identity | undefined): Promise<Identity | undefined> {
  const now = writer.services.clock.now();
  const age = own?.provedAt && own.channel === writer.channel ? now.getTime() - Date.parse(own.provedAt) : Infinity;
  if (own?.contactId && age < PROOF_MS) return own;
  if (writer.channel !== "whatsapp") return undefined;
  const session = await proveByMessage(contextOf(writer), { address: writer.address });
  if (!session) return undefined;
  const at = now.toISOString();
  return { channel: writer.channel, sessionId: session.id, openedAt: at, contactId: session.contactId, provedAt: at };
}

/** Sends a code to the number that an SMS or a call says it is from: the answer comes from whoever holds it. */
export async function sendCode(writer: Writer, own: Identity | undefined): Promise<{ own: Identity; result: Result }> {
  const now = writer.services.clock.now();
  const fresh = own?.channel === writer.channel && now.getTime() - Date.parse(own.openedAt) < PROOF_MS;
  const kept = fresh ? own : await visitor(writer, now);
  const { address, language } = writer;
  const asked = await requestCode(contextOf(writer, kept), {
    sessionId: kept.sessionId,
    kind: "sms",
    address,
    language,
  });
  return { own: kept, result: asked.ok ? { kind: "done" } : { kind: "refused", code: asked.refusal.code } };
}

export async function checkCode(
  writer: Writer,
  own: Identity | undefined,
  code: string,
): Promise<{ own: Identity | undefined; result: Result }> {
  if (!own) return { own, result: { kind: "refused", code: "code_expired" } };
  const tried = await verifyCode(contextOf(writer, own), { sessionId: own.sessionId, code });
  if (!tried.ok) return { own, result: { kind: "refused", code: tried.refusal.code } };
  const { contactId } = tried.value.session;
  const provedAt = writer.services.clock.now().toISOString();
  return { own: { ...own, contactId, provedAt }, result: { kind: "done" } };
}

async function visitor(writer: Writer, now: Date): Promise<Identity> {
  const { session } = await openSession(contextOf(writer), { language: writer.language, channel: writer.channel });
  return { channel: writer.channel, sessionId: session.id, openedAt: now.toISOString() };
}
