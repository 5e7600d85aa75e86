import { householdLines, type DrawId } from "#modules/allocation/index.ts";
import type { RequestView } from "#modules/booking/index.ts";
import { ownRequestTexts } from "../texts/request-own.ts";
import type { Language } from "../texts/texts.ts";
import { publicUrls, requestUrls } from "../urls.ts";
import type { Route } from "../visit/visit.tsx";
import type { OpenedRequest } from "./opened.tsx";
import { lastTold } from "./standing.ts";

/** The signed promise while a draw is ahead, and what is needed to check the last result. */
export function Papers({ language, view }: { language: Language; view: RequestView }) {
  const t = ownRequestTexts(language);
  const told = lastTold(view.draws);
  const ahead = view.draws.find((one) => one.answer === null && (one.state === "open" || one.state === "locked"));
  return (
    <div className="no-print">
      {ahead && (
        <section aria-labelledby="proof-title">
          <h2 id="proof-title">{t("proofTitle")}</h2>
          <p>{t("proofText")}</p>
          <p>
            <a href={requestUrls.papers(view.id, ahead.drawId)(language)} download>
              {t("proof")}
            </a>
          </p>
        </section>
      )}
      {told && (
        <section aria-labelledby="check-title">
          <h2 id="check-title">{t("checkTitle")}</h2>
          <p>{t("checkText")}</p>
          <p>
            <a href={requestUrls.papers(view.id, told.drawId)(language)} download>
              {t("check")}
            </a>
          </p>
          <p>
            <a href={publicUrls.draw(told.drawId)(language)}>{t("checkPage")}</a>
          </p>
        </section>
      )}
    </div>
  );
}

/** The household's own lines of one draw, as docs/verify.md has them. Nobody but the browser that asked may keep them. */
export const papersFile: Route<OpenedRequest> = {
  path: "/mi-solicitud/:id/papeles/:draw.jsonl",

  async get({ ctx, view, reply, request }) {
    const { draw } = request.params as { draw: string };
    const own = view.draws.find((one) => one.drawId === (draw as DrawId));
    if (!own) return reply.callNotFound() as never;
    const lines = await householdLines(ctx, view.id, own.drawId);
    return reply
      .type("application/jsonl")
      .header("cache-control", "no-store")
      .header("content-disposition", 'attachment; filename="mi-solicitud.jsonl"')
      .send(lines.map((line) => `${line}\n`).join(""));
  },
};
