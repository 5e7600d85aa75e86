import { HOUR_MS } from "#kernel/time.ts";
import { coalesce } from "#platform/coalesce.ts";
import { transaction, type Channel, type Context, type Services } from "#platform/context.ts";
import { faultFields } from "#platform/log.ts";
import { newId } from "#platform/random.ts";
import { slideOf, SESSION_HOURS } from "../rules.ts";
import {
  expireOtherSessions,
  expireSession,
  insertSessions,
  lockLiveSessions,
  listSessionsByToken,
  slideSessions,
  type NewSession,
  type SessionRow,
} from "../store/sessions.ts";
import type { Language, VisitorSession } from "../types.ts";
import { digestOf, newToken, perDatabase } from "./tokens.ts";

const insertOne = perDatabase((database) =>
  coalesce<NewSession, undefined>({
    database,
    role: "citizen_writer",
    many: async (tx, sessions) => {
      await insertSessions(tx, sessions);
      return sessions.map(() => undefined);
    },
  }),
);

const findOne = perDatabase((database) =>
  coalesce<Buffer, SessionRow | undefined>({
    database,
    role: "citizen_reader",
    reads: true,
    many: async (tx, digests) => {
      const found = await listSessionsByToken(tx, digests);
      const byDigest = new Map(found.map((row) => [row.tokenDigest.toString("hex"), row]));
      return digests.map((digest) => byDigest.get(digest.toString("hex")));
    },
  }),
);

const slideOne = perDatabase((database) =>
  coalesce<{ id: string; until: Date }, undefined>({
    database,
    role: "citizen_writer",
    lanes: 1,
    many: async (tx, slides) => {
      await slideSessions(tx, slides);
      return slides.map(() => undefined);
    },
  }),
);

/** Starts a visitor's session. The token goes into her cookie and is stored nowhere. */
export async function openSession(
  ctx: Context,
  input: { language: Language; channel: Channel; endsBy?: Date | undefined },
): Promise<{ token: string; session: VisitorSession }> {
  const { token, tokenDigest } = newToken();
  const id = newId<string>();
  const expiresAt = new Date(ctx.now.getTime() + SESSION_HOURS * HOUR_MS);
  await insertOne(ctx.database)({ ...input, tokenDigest, id, createdAt: ctx.now, expiresAt });
  const { language, channel, endsBy } = input;
  return { token, session: { id, channel, language, hadContactBefore: false, expiresAt, ...borrowed(endsBy) } };
}

/** Whose token that is, read from the database at each request: a session that was ended is gone at once. */
export async function findSession(
  services: Pick<Services, "database" | "clock" | "log">,
  token: string,
): Promise<VisitorSession | undefined> {
  const row = await findOne(services.database)(digestOf(token));
  const now = services.clock.now();
  if (!row || row.expiresAt <= now) return undefined;
  const { verifiedAt, verifiedUntil } = row;
  const until = verifiedAt && verifiedUntil ? slideOf({ verifiedAt, verifiedUntil }, now) : undefined;
  if (!until) return viewSession(row, now);
  try {
    await slideOne(services.database)({ id: row.id, until });
    return viewSession({ ...row, verifiedUntil: until }, now);
  } catch (error) {
    services.log.warn("a session could not be prolonged", faultFields(error));
    return viewSession(row, now);
  }
}

export function endSession(ctx: Context, sessionId: string): Promise<void> {
  return transaction(ctx, "citizen_writer", (tx) => expireSession(tx, sessionId, ctx.now));
}

/** Ends every other session of the contact that this one verified: for whoever lost a telephone. Returns how many. */
export function endOtherSessions(ctx: Context, sessionId: string): Promise<number> {
  return transaction(ctx, "citizen_writer", async (tx) => {
    const [row] = await lockLiveSessions(tx, [sessionId], ctx.now);
    const contactId = row && viewSession(row, ctx.now).contactId;
    return contactId ? expireOtherSessions(tx, contactId, sessionId, ctx.now) : 0;
  });
}

/** What the rest of the program may know of a session: a lapsed verification names no contact. */
export function viewSession(row: Omit<SessionRow, "tokenDigest">, now: Date): VisitorSession {
  const { id, channel, language, expiresAt, contactId, contactKind, verifiedAt, verifiedUntil, endsBy } = row;
  const own = { id, channel, language, ...borrowed(endsBy) };
  if (!contactId || !contactKind || !verifiedAt || !verifiedUntil)
    return { ...own, hadContactBefore: false, expiresAt };
  if (verifiedUntil <= now) return { ...own, hadContactBefore: true, expiresAt };
  return {
    ...own,
    contactId,
    contactKind,
    verifiedAt,
    verifiedUntil,
    hadContactBefore: false,
    expiresAt,
  };
}

function borrowed(endsBy: Date | null | undefined): Pick<VisitorSession, "borrowedUntil"> {
  return endsBy ? { borrowedUntil: endsBy } : {};
}
