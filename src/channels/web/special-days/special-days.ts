import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getVenuePhoto } from "#modules/schedules/index.ts";
import { specialDayFeed } from "#channels/common/release-calendar.ts";
import {
  sharedText,
  specialDayWords,
  type SpecialDayView,
  type SpecialDayWords,
} from "#channels/documents/special-day.ts";
import { renderSpecialDayPoster } from "#channels/documents/special-day-poster.ts";
import { sendTagged, tag } from "#platform/http/index.ts";
import { photoTypeOf } from "#platform/photo.ts";
import { keepMade, keepPictures } from "../publications/pictures.ts";
import { look, servePublicPage } from "../public-page.ts";
import { sendPage, type Web } from "../shell.tsx";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { publicUrls } from "../urls.ts";
import { specialDayPage } from "./day.page.tsx";
import { dayView } from "./days.ts";
import { specialDayListPage } from "./list.page.tsx";
import { specialDaySharePage } from "./share.page.tsx";

const FOR_A_MINUTE = "public, max-age=60";
const TEXT = "text/plain; charset=utf-8";

interface Poster {
  readonly words: SpecialDayWords;
  readonly language: Language;
  /** Day that stands on it, local to the office. */
  readonly on: LocalDate;
}

/** Special days for everybody: the list, each of them, and what may be sent out about it. */
export function serveSpecialDays(app: FastifyInstance, web: Web): void {
  const pictureOf = keepPictures();
  const posterOf = keepMade(({ words, language, on }: Poster) => renderSpecialDayPoster(words, language, new Date(on)));
  servePublicPage(app, web, "/jornadas", specialDayListPage);
  servePublicPage(app, web, "/jornadas/:id", specialDayPage);

  app.get(publicUrls.specialDayPhoto(":id"), async (request, reply) => {
    const view = await find(web, request, "es");
    const photo = view?.day.venue?.hasPhoto ? await getVenuePhoto(web.services, view.day.id) : undefined;
    const type = photo && photoTypeOf(photo);
    if (!photo || type === undefined) return reply.callNotFound();
    return sendTagged(request, reply, tag(photo), { type, caching: FOR_A_MINUTE });
  });

  for (const language of LANGUAGES) {
    const file =
      (send: (view: SpecialDayView, request: FastifyRequest, reply: FastifyReply) => unknown) =>
      async (request: FastifyRequest, reply: FastifyReply) => {
        const view = await find(web, request, language);
        return view ? send(view, request, reply) : reply.callNotFound();
      };
    const text = (make: (view: SpecialDayView) => string) =>
      file((view, request, reply) =>
        sendTagged(request, reply, tag(`${make(view)}\n`), { type: TEXT, caching: FOR_A_MINUTE }),
      );

    app.get(
      publicUrls.specialDayShare(":id")(language),
      file((view, _request, reply) => sendPage(web, reply, specialDaySharePage(view, language), { cache: "public" })),
    );
    app.get(
      publicUrls.specialDayText(":id")(language),
      text((view) => sharedText(specialDayWords(view), (words) => words)),
    );
    app.get(
      publicUrls.specialDayRadio(":id")(language),
      text((view) => {
        const { radio, stamp } = specialDayWords(view);
        return `${radio}\n\n${stamp}`;
      }),
    );
    app.get(
      publicUrls.specialDayImage(":id")(language),
      file(async (view, request, reply) =>
        sendTagged(request, reply, await pictureOf(specialDayWords(view)), {
          type: "image/png",
          caching: FOR_A_MINUTE,
        }),
      ),
    );
    app.get(
      publicUrls.specialDayPoster(":id")(language),
      file(async (view, request, reply) => {
        const poster = await posterOf({ words: specialDayWords(view), language, on: localDateAt(view.now, view.zone) });
        void reply.header("content-disposition", `inline; filename="cartel-${view.day.id}.pdf"`);
        return sendTagged(request, reply, poster, { type: "application/pdf", caching: FOR_A_MINUTE });
      }),
    );
    app.get(
      publicUrls.specialDayCalendar(":id")(language),
      file((view, _request, reply) =>
        reply
          .type("text/calendar; charset=utf-8")
          .header("cache-control", FOR_A_MINUTE)
          .header("content-disposition", `attachment; filename="jornada-${view.day.id}.ics"`)
          .send(specialDayFeed(view)),
      ),
    );
  }
}

async function find(web: Web, request: FastifyRequest, language: Language): Promise<SpecialDayView | undefined> {
  const { id } = request.params as { id: string };
  const seen = await look(web, language);
  const day = seen.releases.planned.find((one) => one.id === id);
  const view = day && dayView(seen, day);
  // Files tell the day on which they were made; pages stand for their minute.
  return view && { ...view, now: web.services.clock.now() };
}
