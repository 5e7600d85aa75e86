import { JOINING_HOURS } from "#modules/people/index.ts";
import { HOUR_MS } from "#kernel/time.ts";
import type { Context } from "#platform/context.ts";
import { renderJoined } from "../rules/joined.ts";
import type { ClaimedMessage } from "../store.ts";
import { undoToken } from "./link-token.ts";
import { HEADERS, type Reach, type Rendering } from "./rendering.ts";

/** Tells the older contact of an account at once, whatever the hour: it has 72 hours to take the new one back. */
export async function joinedRendering(
  ctx: Context,
  row: ClaimedMessage,
  { channel, to, language }: Reach,
): Promise<Rendering> {
  const ends = row.queuedAt.getTime() + JOINING_HOURS * HOUR_MS;
  if (ends <= ctx.now.getTime()) return { dropped: "too_late" };
  const wording = renderJoined(channel, {
    language,
    link: `${ctx.publicOrigin}${language === "en" ? "/en" : ""}/d/${await undoToken(ctx, row.subjectId)}`,
    hours: JOINING_HOURS,
    origin: ctx.publicOrigin,
  });
  return { channel, message: { ...wording, id: row.id, to, kind: "contact_joined", language, headers: HEADERS } };
}
