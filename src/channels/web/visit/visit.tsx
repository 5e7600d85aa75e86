import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { ReactNode } from "react";
import type { LocalDate } from "#kernel/ids.ts";
import { readDraft, writeDraft } from "#modules/booking/index.ts";
import { getNetwork, type Network } from "#modules/offices/index.ts";
import type { VisitorSession } from "#modules/people/index.ts";
import { getDrawnGroups } from "#modules/allocation/index.ts";
import type { DrawnGroups } from "#modules/schedules/index.ts";
import type { Context } from "#platform/context.ts";
import { Button, ErrorSummary, fieldId, Form, type LinkItem } from "#ui/index.ts";
import { ensureSession, readSession, webContext } from "../session.ts";
import { sendPage, type Web } from "../shell.tsx";
import { helperTexts } from "../texts/helpers.ts";
import { shellTexts } from "../texts/shell.ts";
import { LANGUAGES, type Language } from "../texts/texts.ts";
import { visitTexts } from "../texts/visit.ts";
import { appointmentUrls, helperUrls, inLanguage, type Address } from "../urls.ts";
import { draftFrom, emptyDraft, type Draft } from "./draft.ts";
import type { Problem } from "./forms.ts";
import { todayIn } from "./party.ts";

/** One request of somebody who may have no session yet. */
export interface Arrival {
  readonly web: Web;
  readonly language: Language;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: VisitorSession | undefined;
  readonly draft: Draft;
  readonly network: Network;
  /** What is drawn where. */
  readonly drawn: DrawnGroups;
  /** Today where the chosen office is. */
  readonly today: LocalDate;
  readonly ctx: Context;
}

/** One request of a visitor whose answers are kept. */
export interface Visit extends Arrival {
  readonly session: VisitorSession;
}

export type Answer = Promise<FastifyReply>;

/** What one page does: `get` shows it and changes nothing but the visit's own answers, `post` takes the form. */
export interface Route<Asked extends Arrival> {
  readonly path: string;
  readonly get?: (visit: Asked) => Answer;
  readonly post?: (visit: Asked) => Answer;
}

/** What a page needs before it is asked, or the answer in its place. */
export type Admitted<Asked extends Arrival> = Asked | { readonly answered: Answer };
export type Admit<Asked extends Arrival> = (arrival: Arrival) => Admitted<Asked> | Promise<Admitted<Asked>>;

export const anybody: Admit<Arrival> = (arrival) => arrival;

/** Serves a page in both languages. */
export function serve<Asked extends Arrival>(
  app: FastifyInstance,
  web: Web,
  purpose: string,
  route: Route<Asked>,
  admit: Admit<Asked>,
): void {
  for (const language of LANGUAGES) {
    for (const [method, handler] of [
      ["GET", route.get],
      ["POST", route.post],
    ] as const) {
      if (handler === undefined) continue;
      app.route({
        method,
        url: inLanguage(language, route.path),
        handler: async (request, reply) => {
          const admitted = await admit(await arrive(web, language, request, reply, purpose));
          return "answered" in admitted ? admitted.answered : handler(admitted);
        },
      });
    }
  }
}

async function arrive(
  web: Web,
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
  purpose: string,
): Promise<Arrival> {
  const [session, network, drawn] = await Promise.all([
    readSession(web.services, request),
    getNetwork(web.services),
    getDrawnGroups(web.services),
  ]);
  const ctx = webContext(web.services, session, request, language, purpose);
  const draft = session === undefined ? emptyDraft : draftFrom(await readDraft(ctx, session.id));
  return {
    web,
    language,
    request,
    reply,
    session,
    draft,
    network,
    drawn,
    ctx,
    today: todayIn(network, ctx.now, draft.officeId),
  };
}

/** The arrival with a session, opened now if there was none. */
export async function withSession(arrival: Arrival): Promise<Visit> {
  const { web, language, request, reply, ctx } = arrival;
  const session = await ensureSession(web.services, request, reply, language);
  return { ...arrival, session, ctx: webContext(web.services, session, request, language, ctx.purpose) };
}

export async function save(visit: Visit, draft: Draft): Promise<Visit> {
  await writeDraft(visit.ctx, visit.session.id, draft);
  return { ...visit, draft };
}

/** After a form: the browser's history keeps no post, so that reload and back do nothing twice. */
export async function goTo(visit: Arrival, href: string): Answer {
  return visit.reply.header("cache-control", "no-store").redirect(href, 303);
}

export interface View {
  readonly title: string;
  readonly address: Address;
  readonly back?: Address | undefined;
  readonly status?: number | undefined;
  readonly errors?: Errors | undefined;
  readonly wide?: boolean | undefined;
  /** Leaves at once for a page that nobody suspects. */
  readonly exit?: ReactNode;
  /** Without script the page fetches itself again after so many seconds. */
  readonly refreshSeconds?: number | undefined;
  /** One of `src/client`, which adds to a page that is whole without it. */
  readonly script?: string | undefined;
  readonly children: ReactNode;
}

/** Status of a page that gives a form back with what is to be mended. */
const UNPROCESSABLE = 422;

/** One page of a visit; when a form failed, what is to be mended comes first. */
export function show(visit: Arrival, view: View): Answer {
  const { title, address, back, errors, wide, exit, refreshSeconds, script, children } = view;
  const shell = shellTexts(visit.language);
  const failed = errors !== undefined && errors.links.length > 0;
  return sendPage(
    visit.web,
    visit.reply,
    {
      language: visit.language,
      title: failed ? shell("errorPrefix", { title }) : title,
      address,
      back: back && { href: back(visit.language), text: shell("back") },
      wide,
      exit,
      refreshSeconds,
      script,
      children: (
        <>
          {failed && <ErrorSummary title={shell("errorSummary")} errors={errors.links} />}
          {children}
          {visit.session &&
            (visit.session.borrowedUntil ? <EndHelp language={visit.language} /> : <Leave language={visit.language} />)}
        </>
      ),
    },
    { status: view.status ?? (failed ? UNPROCESSABLE : 200) },
  );
}

/** For a shared or borrowed telephone: ends the visit and forgets it. */
function Leave({ language }: { language: Language }) {
  const t = visitTexts(language);
  return (
    <aside className="no-print" aria-label={t("leaveTitle")}>
      <hr />
      <p className="hint">{t("leaveHint")}</p>
      <Form action={appointmentUrls.close(language)}>
        <Button tone="secondary">{t("leave")}</Button>
      </Form>
    </aside>
  );
}

/** In a helper's browser: whose visit it is, and the one button that takes it out of there. */
function EndHelp({ language }: { language: Language }) {
  const t = helperTexts(language);
  return (
    <aside className="no-print" aria-label={t("helpingTitle")}>
      <hr />
      <p className="hint">
        {t("helpingTitle")}. {t("helpingText")}
      </p>
      <Form action={helperUrls.endHelp(language)}>
        <Button tone="secondary">{t("end")}</Button>
      </Form>
    </aside>
  );
}

export interface Errors {
  readonly links: readonly LinkItem[];
  /** The sentence beside that field. */
  readonly of: (field: string) => string | undefined;
}

/** Puts problems into words, in the order of the form. `dates` names the fields of three boxes. */
export function errorsOf<Key extends string>(
  problems: readonly Problem<Key>[],
  say: (key: Key) => string,
  dates: readonly string[] = [],
): Errors {
  return {
    links: problems.map(({ field, key, wrong }) => ({
      href: `#${dates.includes(field) ? fieldId(field, wrong?.[0] ?? "day") : fieldId(field)}`,
      text: say(key),
    })),
    of: (field) => {
      const found = problems.find((one) => one.field === field);
      return found && say(found.key);
    },
  };
}

export const noErrors: Errors = { links: [], of: () => undefined };
