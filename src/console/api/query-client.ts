import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Refused } from "./request.ts";
import { endSession } from "./session-end.ts";

const RETRIES = 2;

/** A no of the server is an answer; only silence is asked again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endOnSignOut }),
  mutationCache: new MutationCache({ onError: endOnSignOut }),
  defaultOptions: {
    queries: {
      networkMode: "always",
      retry: (failures, error) => !(error instanceof Refused) && failures < RETRIES,
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

function endOnSignOut(error: Error): void {
  if (error instanceof Refused && error.code === "not_signed_in") endSession("ended");
}
