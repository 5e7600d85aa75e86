import { queryOptions, useQueryClient } from "@tanstack/react-query";
import { api } from "../urls.ts";
import { get, post } from "./request.ts";
import type { CashParty, ClosingAnswer, Documents } from "./types.ts";

/** Colleagues at other desks move documents meanwhile. */
const DOCUMENTS_EVERY_MS = 10_000;
/** A page that is about to be signed. */
const CLOSING_EVERY_MS = 30_000;

export const documentsQuery = queryOptions({
  queryKey: ["documents"],
  queryFn: async () => (await get<Documents>(api.documents)).documents,
  refetchInterval: DOCUMENTS_EVERY_MS,
});

/** Each opening makes what is not there yet and is a line of the audit log: it is read when a party is opened. */
export const cashPartyQuery = (bookingId: string) =>
  queryOptions({
    queryKey: ["cash", bookingId],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: () => post<CashParty>(api.cashParty, { bookingId }),
  });

export const dayCloseQuery = (on: string) =>
  queryOptions({
    queryKey: ["day-close", on],
    queryFn: () => get<ClosingAnswer>(`${api.dayClose}?on=${on}`),
    refetchInterval: CLOSING_EVERY_MS,
  });

/** After something was done at a desk: the lists and pages that show it are read again. */
export function useReadDesk(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(["documents", "cash", "day-close"].map((key) => client.invalidateQueries({ queryKey: [key] })));
}
