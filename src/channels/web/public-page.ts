import type { FastifyInstance } from "fastify";
import type { LocalDate } from "#kernel/ids.ts";
import { localDateAt } from "#kernel/time.ts";
import { getDrawnGroups, getWaits, type OfficeWait } from "#modules/allocation/index.ts";
import { getNetwork, MIDDLE_ZONE, type Network } from "#modules/offices/index.ts";
import { getRooms, type LiveRoom } from "#modules/room/index.ts";
import type { DrawnGroups, Snapshot } from "#modules/schedules/index.ts";
import { getSurveys, type OfficeSurvey } from "#modules/visits/index.ts";
import { getReleases, type Releases } from "#channels/common/release-calendar.ts";
import { makeDocument, sendDocument, type WebDocument } from "./documents.ts";
import { frameOf, pageDocument, type Page, type Web } from "./shell.tsx";
import { LANGUAGES, type Language } from "./texts/texts.ts";
import { inLanguage } from "./urls.ts";

/** What everybody may see at this minute; no session is looked up for it. */
export interface Seen {
  readonly language: Language;
  readonly network: Network;
  readonly snapshot: Snapshot;
  /** Waiting rooms that are announced, open or just over. */
  readonly rooms: readonly LiveRoom[];
  /** What is drawn where. */
  readonly drawn: DrawnGroups;
  /** When places come out: draws, special days. */
  readonly releases: Releases;
  /** How many weeks people wait where places are drawn. */
  readonly waits: readonly OfficeWait[];
  /** What people said of their visits, in months that are over. */
  readonly surveys: readonly OfficeSurvey[];
  /** Today in the middle of the network: good enough for the year of a tariff, not for an appointment. */
  readonly today: LocalDate;
  readonly publicOrigin: string;
}

/** Undefined when there is no such page. */
export type PublicPage = (seen: Seen, params: Readonly<Record<string, string>>) => Page | undefined;

export async function look(web: Web, language: Language): Promise<Seen> {
  const [network, rooms, drawn, releases, waits, surveys] = await Promise.all([
    getNetwork(web.services),
    getRooms(web.services),
    getDrawnGroups(web.services),
    getReleases(web.services),
    getWaits(web.services),
    getSurveys(web.services),
  ]);
  const today = localDateAt(web.services.clock.now(), MIDDLE_ZONE);
  return {
    language,
    network,
    snapshot: web.snapshot.current(),
    rooms,
    drawn,
    releases,
    waits,
    surveys,
    today,
    publicOrigin: web.services.publicOrigin,
  };
}

/** What a page stands with: when one of these is replaced, every page is made anew. */
const STANDS_WITH = ["network", "snapshot", "rooms", "drawn", "releases", "waits", "surveys", "today"] as const;

/** Serves pages that are the same for everybody, in both languages. Each is made once for as long as what it shows stands. */
export function servePublicPage(app: FastifyInstance, web: Web, path: string, make: PublicPage): void {
  const ready = new Map<string, WebDocument>();
  let shown: Pick<Seen, (typeof STANDS_WITH)[number]> | undefined;
  for (const language of LANGUAGES) {
    app.get(inLanguage(language, path), async (request, reply) => {
      const seen = await look(web, language);
      if (STANDS_WITH.some((part) => seen[part] !== shown?.[part])) ready.clear();
      shown = seen;
      const params = request.params as Record<string, string>;
      const key = `${language} ${Object.values(params).join(" ")}`;
      let document = ready.get(key);
      if (document === undefined) {
        const page = make(seen, params);
        // Only pages that exist are kept, so that nobody can fill the memory with guesses.
        if (page === undefined) return reply.callNotFound();
        ready.set(key, (document = makeDocument(pageDocument(frameOf(web), page))));
      }
      return sendDocument(reply, document, "public");
    });
  }
}
