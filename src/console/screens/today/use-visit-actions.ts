import { useMutation, useQueryClient } from "@tanstack/react-query";
import { serverNow } from "../../api/clock.ts";
import { todayQuery, useKeepVisit } from "../../api/queries.ts";
import { post, Refused } from "../../api/request.ts";
import { createStore } from "../../api/store.ts";
import type { OutcomeInput, Visit, VisitAnswer } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { UNDO_SECONDS } from "../../rules/timers.ts";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** What a clerk does with a party. `name` is for the sentence that says it was done; `closes`: nothing is left to record. */
export type Command =
  | { readonly does: "check_in" | "no_show"; readonly bookingId: string; readonly name: string }
  | {
      readonly does: "call";
      readonly bookingId: string;
      readonly visit: Visit;
      readonly counter: number;
      readonly name: string;
    }
  | { readonly does: "serve"; readonly bookingId: string; readonly visit: Visit; readonly name: string }
  | {
      readonly does: "record";
      readonly bookingId: string;
      readonly visit: Visit;
      readonly outcomes: readonly OutcomeInput[];
      readonly closes: boolean;
    }
  | { readonly does: "undo"; readonly bookingId: string; readonly visit: Visit };

/** The booking whose outcome was recorded last in this tab: what the bar and the Z key take back. */
const lastRecorded = createStore<string | undefined>(undefined);
export const useLastRecorded = lastRecorded.use;

export function useVisitActions() {
  const t = useTexts(todayTexts);
  const notify = useNotify();
  const keep = useKeepVisit();
  const client = useQueryClient();
  const readAgain = () => void client.invalidateQueries({ queryKey: todayQuery.queryKey });

  const command = useMutation({
    mutationFn: send,
    // Shown before the server answers only because it can be taken back; all else waits for the answer.
    onMutate: (command) => {
      if (command.does !== "record") return;
      const now = serverNow();
      const undoUntil = new Date(now + UNDO_SECONDS * 1000).toISOString();
      lastRecorded.set(command.bookingId);
      const closed = command.closes ? ({ state: "done", doneAt: new Date(now).toISOString() } as const) : {};
      keep({ ...command.visit, ...closed, undoUntil });
    },
    onSuccess: ({ visit }, command) => {
      keep(visit);
      if (command.does === "no_show") lastRecorded.set(command.bookingId);
      if (command.does === "undo") lastRecorded.set(undefined);
      if (command.does !== "record" && command.does !== "no_show")
        notify.done("name" in command ? t.did[command.does](command.name) : t.did.undo);
      readAgain();
    },
    onError: (error, command) => {
      notify.refused(error);
      if (command.does === "record") {
        keep(command.visit);
        lastRecorded.set(undefined);
      }
      if (error instanceof Refused) readAgain();
    },
  });

  return {
    act: command.mutate,
    /** The booking whose command is on its way. */
    busy: command.isPending ? command.variables.bookingId : undefined,
  };
}

function send(command: Command): Promise<VisitAnswer> {
  switch (command.does) {
    case "check_in":
      return post(api.visits, { bookingId: command.bookingId });
    case "no_show":
      return post(api.noShow, { bookingId: command.bookingId });
    case "call":
      return post(api.call(command.visit.id), { counter: command.counter, version: command.visit.version });
    case "serve":
      return post(api.serve(command.visit.id), { version: command.visit.version });
    case "record":
      return post(api.outcomes(command.visit.id), { version: command.visit.version, outcomes: command.outcomes });
    case "undo":
      return post(api.undo(command.visit.id));
  }
}
