import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { serverNow } from "../../api/clock.ts";
import { isLive } from "../../api/live.ts";
import { todayQuery, useKeepVisit } from "../../api/queries.ts";
import { post, Refused } from "../../api/request.ts";
import { createStore } from "../../api/store.ts";
import type { OutcomeInput, Visit, VisitAnswer } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { UNDO_SECONDS } from "../../rules/timers.ts";
import { createTurns } from "../../rules/turns.ts";
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
  | {
      readonly does: "serve" | "pass" | "park" | "unpark";
      readonly bookingId: string;
      readonly visit: Visit;
      readonly name: string;
    }
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
  const turns = useRef<ReturnType<typeof createTurns>>(undefined);
  turns.current ??= createTurns();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());

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
      // What else became of the party comes by the live stream.
      if (!isLive()) readAgain();
    },
    onError: (error, command) => {
      notify.refused(error);
      if (command.does === "record") {
        keep(command.visit);
        lastRecorded.set(undefined);
      }
      if (error instanceof Refused) readAgain();
    },
    onSettled: (_answer, error, { bookingId }) => {
      turns.current!.end(bookingId, error === null);
      showBusy(bookingId);
    },
  });
  const showBusy = (bookingId: string) =>
    setBusy((shown) => {
      const others = [...shown].filter((one) => one !== bookingId);
      return new Set(turns.current!.isUnderWay(bookingId) ? [...others, bookingId] : others);
    });

  return {
    act: (next: Command) => {
      turns.current!.begin(next.bookingId, next.does);
      showBusy(next.bookingId);
      command.mutate(next);
    },
    /** Does it now, or as soon as the party's command that is under way was answered. */
    press: (bookingId: string, what: Command["does"], run: () => void) => turns.current!.press(bookingId, what, run),
    /** The bookings whose command is on its way. */
    busy,
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
    case "pass":
    case "park":
    case "unpark":
      return post(api.turnStep(command.visit.id, command.does), { version: command.visit.version });
    case "record":
      return post(api.outcomes(command.visit.id), { version: command.visit.version, outcomes: command.outcomes });
    case "undo":
      return post(api.undo(command.visit.id));
  }
}
