import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readQrToken } from "#channels/documents/qr-token.ts";
import { getNetwork } from "#modules/offices/index.ts";
import { arriveAtKiosk, enrolDevice, findDevice, type Device, type Shown } from "#modules/visits/index.ts";
import { contextFor, type Context } from "#platform/context.ts";
import { makeDocument, sendDocument } from "../documents.ts";
import type { HallFrame } from "../hall/hall-page.tsx";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { kioskUrls, shortUrls } from "../urls.ts";
import { listOf, typedOf } from "../visit/forms.ts";
import { busyPage, kioskEnrolPage, startPage, toldPage } from "./kiosk-page.tsx";

/** Seconds for which a browser keeps its token: browsers allow no more (400 days). A kiosk is enrolled once. */
const COOKIE_S = 400 * 86_400;
/** What slips print: an address of this service whose last part is the signed code. */
const SLIP = new RegExp(`^https?://[^\\s/]+${shortUrls.qr("")}([\\w.~-]{16,400})$`);

/** A machine in the hall at which parties receive themselves. Nothing of who was there stays in its browser. */
export function serveKiosk(app: FastifyInstance, frame: HallFrame): void {
  const { services } = frame;
  const secure = services.publicOrigin.startsWith("https:");
  const cookie = secure ? "__Host-kiosk" : "kiosk";

  async function kioskOf(request: FastifyRequest): Promise<Device | undefined> {
    const token = request.cookies[cookie];
    const device = token === undefined ? undefined : await findDevice(services, token);
    return device?.kind === "kiosk" ? device : undefined;
  }
  const send = (reply: FastifyReply, status: number, page: string): Promise<FastifyReply> =>
    sendDocument(reply.code(status), makeDocument(page), "none");
  const contextOf = (request: FastifyRequest, language: Language, purpose: string): Context =>
    contextFor(services, {
      actor: { kind: "visitor", sessionId: undefined },
      channel: "counter",
      purpose,
      requestId: request.id,
      language,
    });
  const officeOf = async ({ officeId }: Device) => (await getNetwork(services)).officeById.get(officeId)!;

  for (const language of LANGUAGES) {
    app.get(kioskUrls.page(language), async (request, reply) => {
      const kiosk = await kioskOf(request);
      if (!kiosk) return send(reply, 403, kioskEnrolPage(frame, language, false));
      return send(reply, 200, startPage(frame, language, await officeOf(kiosk)));
    });

    app.post(kioskUrls.page(language), async (request, reply) => {
      const { codigo } = typedOf(request.body, ["codigo"]);
      const outcome = await enrolDevice(contextOf(request, language, "enrol"), { kind: "kiosk", code: codigo });
      if (!outcome.ok) return send(reply, 422, kioskEnrolPage(frame, language, true));
      const { token } = outcome.value;
      void reply.setCookie(cookie, token, { path: "/", httpOnly: true, sameSite: "strict", secure, maxAge: COOKIE_S });
      return reply.redirect(kioskUrls.page(language), 303);
    });

    app.post(kioskUrls.arrive(language), async (request, reply) => {
      const kiosk = await kioskOf(request);
      if (!kiosk) return send(reply, 403, kioskEnrolPage(frame, language, false));
      const office = await officeOf(kiosk);
      const ctx = contextOf(request, language, "kiosk");
      const typed = typedOf(request.body, ["folio"]).folio.trim();
      const shown = await shownBy(ctx, typed);
      const stepFree = listOf(request.body, "sinescalones").includes("si");
      const outcome = await arriveAtKiosk(ctx, kiosk, { shown, stepFree });
      if (outcome.ok) return send(reply, 200, toldPage(frame, language, office, outcome.value));
      return outcome.refusal.code === "folio_mistyped"
        ? send(reply, 422, startPage(frame, language, office, typed))
        : send(reply, 429, busyPage(frame, language, office));
    });
  }
}

/** A scanner types the whole address of a slip; what is no folio and looks like an address is a code that is none of ours. */
async function shownBy(ctx: Context, text: string): Promise<Shown> {
  const token = SLIP.exec(text)?.[1];
  if (token !== undefined) return { bookingId: await readQrToken(ctx, token) };
  return /[:/]/.test(text) ? { bookingId: undefined } : { folio: text };
}
