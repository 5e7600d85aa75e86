import { queryOptions, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { caughtUp, mustReadAgain, newer, withChange } from "../rules/changes.ts";
import { api } from "../urls.ts";
import { setServerTime } from "./clock.ts";
import { isLive } from "./live.ts";
import { queryClient } from "./query-client.ts";
import { get, post, Refused } from "./request.ts";
import type {
  ClosingList,
  Counters,
  CutWork,
  DrawMonitor,
  Draws,
  Hall,
  HallPlan,
  ListEvent,
  OfficeFile,
  Party,
  PartyChange,
  PartyFile,
  Publications,
  Session,
  StaffList,
  Today,
  Visit,
} from "./types.ts";

interface Bilingual {
  readonly es: string;
  readonly en: string;
}

/** Files of people leave the memory soon after they were closed. */
const FILE_KEPT_MS = 30_000;

/** Null for whoever is not signed in. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  staleTime: Infinity,
  queryFn: () =>
    get<Session>(api.session).catch((error: unknown) => {
      if (error instanceof Refused && error.status === 401) return null;
      throw error;
    }),
});

/** What was told of each party since the page was opened, the latest of each: ids, codes and instants. */
const told = new Map<string, PartyChange>();

export const todayQuery = queryOptions({
  queryKey: ["today"],
  staleTime: Infinity,
  queryFn: async () => {
    const today = await get<Today>(api.today);
    setServerTime(today.at);
    return caughtUp(today, told);
  },
});

/** Puts what happened at the office into the list. True when that needs a reading of the whole list. */
export function followEvent(client: QueryClient, event: ListEvent): boolean {
  if (event.event === "party") {
    const { data } = event;
    const before = told.get(data.bookingId);
    if (!before || before.visit.version <= data.visit.version) told.set(data.bookingId, data);
    client.setQueryData(todayQuery.queryKey, (today) => today && (withChange(today, data) ?? today));
  }
  const today = client.getQueryData(todayQuery.queryKey);
  return today === undefined || mustReadAgain(today, event);
}

/** Each reading of a file is a line of the audit log, so that it is read when it is opened and after a change, never for show. */
export const fileQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["file", bookingId],
    staleTime: Infinity,
    gcTime: FILE_KEPT_MS,
    queryFn: () => post<PartyFile>(api.files, { bookingId }),
  });

/** Which stations the office has; how many wait at each is counted from the list, which is live. */
export const hallQuery = queryOptions({
  queryKey: ["hall"],
  staleTime: Infinity,
  queryFn: () => get<Hall>(api.hall),
});

export const hallPlanQuery = queryOptions({ queryKey: ["hall-plan"], queryFn: () => get<HallPlan>(api.hallPlan) });

export const countersQuery = queryOptions({ queryKey: ["counters"], queryFn: () => get<Counters>(api.counters) });

export const officeFileQuery = (officeId: string | undefined) =>
  queryOptions({
    queryKey: ["office-file", officeId],
    queryFn: () => get<OfficeFile>(officeId === undefined ? api.officeFile : `${api.officeFile}?officeId=${officeId}`),
  });

/** What the public reads of services and offices; missing, nothing breaks. */
export const requirementsQuery = queryOptions({
  queryKey: ["services"],
  staleTime: Infinity,
  queryFn: async () => {
    const { services } = await get<{ services: { slug: string; requirements: Bilingual[] }[] }>(api.services);
    return new Map(services.map(({ slug, requirements }) => [slug, requirements]));
  },
});

export const officesQuery = queryOptions({
  queryKey: ["offices"],
  staleTime: Infinity,
  queryFn: async () => (await get<{ offices: { id: string; name: Bilingual; city: string }[] }>(api.offices)).offices,
});

/** Development only: everywhere else the address does not exist. */
export const demoRolesQuery = queryOptions({
  queryKey: ["demo-roles"],
  queryFn: () => get<unknown>(api.devRoles),
  retry: false,
  staleTime: Infinity,
});

export const staffQuery = queryOptions({ queryKey: ["staff"], queryFn: () => get<StaffList>(api.staff) });

/** Families answer while the list is open. */
const CUTS_EVERY_MS = 30_000;

/** Sessions of a local day, what is closed, and who still needs another place. */
export const cutsQuery = (on: string) =>
  queryOptions({
    queryKey: ["cuts", on],
    queryFn: () => get<CutWork>(`${api.cuts}?on=${on}`),
    refetchInterval: CUTS_EVERY_MS,
  });

/** While offices are being closed somebody watches. */
const CLOSINGS_EVERY_MS = 2_000;
export const closingsQuery = queryOptions({
  queryKey: ["closings"],
  queryFn: () => get<ClosingList>(api.closings),
  refetchInterval: CLOSINGS_EVERY_MS,
});

/** What the office may send out; a special day is read once a minute where it is published. */
export const publicationsQuery = queryOptions({
  queryKey: ["publications"],
  queryFn: () => get<Publications>(api.publications),
});

/** Draws go on by the minute; a demonstration by the second. */
const DRAWS_EVERY_MS = 30_000;

export const drawsQuery = queryOptions({
  queryKey: ["draws"],
  queryFn: () => get<Draws>(api.draws),
  refetchInterval: DRAWS_EVERY_MS,
});

export const drawQuery = (id: string) =>
  queryOptions({
    queryKey: ["draws", id],
    queryFn: () => get<DrawMonitor>(api.draw(id)),
    refetchInterval: DRAWS_EVERY_MS,
  });

/** Development only: everywhere else the address does not exist, and no button is shown. */
export const demoDrawQuery = queryOptions({
  queryKey: ["demo-draw"],
  queryFn: () => get<unknown>(api.devDraw),
  retry: false,
});

/** Who is signed in; only below the gate of app.tsx. */
export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("no session");
  return session;
}

export function useToday() {
  return useQuery(todayQuery);
}

/** For what changed in a file: it is read again, and the list too unless it is told by the live stream. */
export function useReadAgain(bookingId: string): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: fileQuery(bookingId).queryKey }),
      !isLive() && client.invalidateQueries({ queryKey: todayQuery.queryKey }),
    ]);
}

/** Puts the visit that an answer brought into the list and the open file, before the live stream says the same. */
export function useKeepVisit(): (visit: Visit) => void {
  const client = useQueryClient();
  return (visit) => {
    client.setQueryData(
      todayQuery.queryKey,
      (today) => today && { ...today, parties: today.parties.map((party) => withVisit(party, visit)) },
    );
    client.setQueryData(
      fileQuery(visit.bookingId).queryKey,
      (file) => file && { ...file, visit: newer(file.visit, visit) },
    );
  };
}

function withVisit(party: Party, visit: Visit): Party {
  return party.bookingId === visit.bookingId ? { ...party, visit: newer(party.visit, visit) } : party;
}

/** Nothing of the session that ended stays in memory; what the door itself asks is nobody's. */
export function forgetEverything(): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== demoRolesQuery.queryKey[0] });
  queryClient.getMutationCache().clear();
  told.clear();
}
