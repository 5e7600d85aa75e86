import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { planApi } from "../urls.ts";
import type { PlanMonth, PlanWeek, Resource, Venue } from "./plan-types.ts";
import { get } from "./request.ts";

/** Everything that a change of the plan makes untrue. */
export const PLAN = ["plan"] as const;

/** Families book while somebody plans. */
const PLAN_EVERY_MS = 60_000;

/** Seven days from a Monday on. */
export const planWeekQuery = (monday: string) =>
  queryOptions({
    queryKey: [...PLAN, "week", monday],
    queryFn: () => get<PlanWeek>(`${planApi.week}?from=${monday}`),
    refetchInterval: PLAN_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const planMonthQuery = (month: string) =>
  queryOptions({
    queryKey: [...PLAN, "month", month],
    queryFn: () => get<PlanMonth>(`${planApi.month}?month=${month}`),
    refetchInterval: PLAN_EVERY_MS,
    placeholderData: keepPreviousData,
  });

export const venuesQuery = queryOptions({
  queryKey: [...PLAN, "venues"],
  queryFn: async () => (await get<{ venues: Venue[] }>(planApi.venues)).venues,
});

/** Crews and kits of the network, with where each is from that day on. */
export const resourcesQuery = (from: string) =>
  queryOptions({
    queryKey: [...PLAN, "resources", from],
    queryFn: async () => (await get<{ resources: Resource[] }>(`${planApi.resources}?from=${from}`)).resources,
    placeholderData: keepPreviousData,
  });
