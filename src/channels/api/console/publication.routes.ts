import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { z } from "zod";
import { getNetwork } from "#modules/offices/index.ts";
import { can } from "#modules/people/index.ts";
import type { PublicDay } from "#modules/schedules/index.ts";
import { getReleases } from "#channels/common/release-calendar.ts";
import { specialDayPath, viewOfDay } from "#channels/common/special-day.ts";
import {
  sharedText,
  specialDayWords,
  standOf,
  wordCount,
  type SpecialDayView,
} from "#channels/documents/special-day.ts";
import type { Services } from "#platform/context.ts";
import { problems } from "../problems.ts";
import { officeOf, staffContext } from "./gate.ts";
import { publications } from "./publication-contract.ts";
import { refused } from "./refusals.ts";

/** What an office may send out about its special days: the same words as on the public pages. */
export function publicationRoutes(root: FastifyInstance, services: Services): void {
  const app = root.withTypeProvider<ZodTypeProvider>();

  app.get(
    "/publications",
    { schema: { response: { 200: publications, ...problems(403) } } },
    async (request, reply) => {
      const officeId = officeOf(request);
      if (!can(staffContext(services, request, "office").actor, "edit_schedule", officeId))
        return refused(reply, { code: "not_allowed" });
      const [network, { planned, draws }] = await Promise.all([getNetwork(services), getReleases(services)]);
      const about = { network, draws, publicOrigin: services.publicOrigin, now: services.clock.now() };
      const days = planned.flatMap((day) => {
        const es = viewOfDay(day, { ...about, language: "es" });
        const en = viewOfDay(day, { ...about, language: "en" });
        // Of what is over nothing is sent out any more.
        if (day.officeId !== officeId || !es || !en || standOf(es) === "over") return [];
        return [{ id: day.id, state: day.state, revision: day.revision, es: toldIn(es, day), en: toldIn(en, day) }];
      });
      return { days };
    },
  );
}

function toldIn(view: SpecialDayView, day: PublicDay): z.input<typeof publications>["days"][number]["es"] {
  const words = specialDayWords(view);
  const path = (file = ""): string => (view.language === "en" ? "/en" : "") + specialDayPath(day, file);
  return {
    headline: words.headline,
    when: words.when,
    text: sharedText(words, (text) => `*${text}*`),
    radio: words.radio,
    radioWords: wordCount(words.radio),
    stamp: words.stamp,
    changes: [...(words.correction?.lines ?? [])],
    page: path(),
    image: path("imagen.png"),
    poster: path("cartel.pdf"),
  };
}
