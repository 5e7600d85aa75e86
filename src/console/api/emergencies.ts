import { queryOptions } from "@tanstack/react-query";
import type {
  EmergencyQueue,
  EmergencyTimes,
  EmergencyWaiting,
  OpenedEmergency,
} from "#channels/api/console/emergency-contract.ts";
import { emergencyApi } from "../urls.ts";
import { setServerTime } from "./clock.ts";
import { get, post } from "./request.ts";

export type { EmergencyBooked, OpenedEmergency } from "#channels/api/console/emergency-contract.ts";
export type EmergencyLine = EmergencyQueue["emergencies"][number];

/** Whatever of it is on a screen is read again when the office's queue changed. */
export const EMERGENCIES = ["emergencies"] as const;
/** For who is late: the queue also changes by time alone. */
const EVERY_MS = 60_000;
const KEPT_MS = 30_000;

/** Two counts for the bar: nothing is opened for them. */
export const waitingQuery = queryOptions({
  queryKey: [...EMERGENCIES, "waiting"],
  refetchInterval: EVERY_MS,
  queryFn: () => get<EmergencyWaiting>(emergencyApi.waiting),
});

export const queueQuery = queryOptions({
  queryKey: [...EMERGENCIES, "queue"],
  staleTime: Infinity,
  gcTime: KEPT_MS,
  queryFn: async () => {
    const queue = await get<EmergencyQueue>(emergencyApi.queue);
    setServerTime(queue.at);
    return queue;
  },
});

/** Each reading is a line of the audit log: when it is opened, and after a change. */
export const openedQuery = (id: string) =>
  queryOptions({
    queryKey: [...EMERGENCIES, "opened", id],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => post<OpenedEmergency>(emergencyApi.step(id, "open")),
  });

export const timesQuery = (service: string, people: number) =>
  queryOptions({
    queryKey: ["emergency-times", service, people],
    enabled: service !== "",
    gcTime: 0,
    queryFn: () => get<EmergencyTimes>(`${emergencyApi.times}?service=${service}&people=${people}`),
  });
