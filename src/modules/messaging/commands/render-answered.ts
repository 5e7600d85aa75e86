import { transaction, type Context } from "#platform/context.ts";
import { findAnswered } from "../queries.ts";
import { renderAnswered } from "../rules/answered.ts";
import type { ClaimedMessage } from "../store.ts";
import { HEADERS, type Reach, type Rendering } from "./rendering.ts";

/** Tells that there is an answer to what somebody asked urgently: at once, whatever the hour, and only while there is one. */
export async function answeredRendering(ctx: Context, row: ClaimedMessage, { channel, to }: Reach): Promise<Rendering> {
  const asked = await transaction(ctx, "worker", (tx) => findAnswered(tx, row.subjectId));
  if (!asked) return { dropped: "erased" };
  if (!asked.answered) return { dropped: "outdated" };
  const { language } = asked;
  const prefix = language === "en" ? "/en" : "";
  const wording = renderAnswered(channel, {
    language,
    link: `${ctx.publicOrigin}${prefix}/aviso`,
    origin: ctx.publicOrigin,
  });
  return { channel, message: { ...wording, id: row.id, to, kind: "notice_answered", language, headers: HEADERS } };
}
