import { queryOptions } from "@tanstack/react-query";
import { api } from "../urls.ts";
import { get } from "./request.ts";
import type { DoorDay, DoorNow } from "./types.ts";

/** People leave the hall without passing a screen of ours: what a guard sees is never older than this. */
const ASKED_EVERY_MS = 5_000;

export const doorQuery = queryOptions({
  queryKey: ["door"],
  queryFn: () => get<DoorNow>(api.door),
  refetchInterval: ASKED_EVERY_MS,
});

export const doorDayQuery = queryOptions({ queryKey: ["door-day"], queryFn: () => get<DoorDay>(api.doorDay) });
