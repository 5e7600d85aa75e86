import { queryOptions } from "@tanstack/react-query";
import type { Span } from "../rules/report-spans.ts";
import { api } from "../urls.ts";
import { get } from "./request.ts";
import type { DaySheet, NetworkReport, OfficeReport, PriorityShares, WeekPlan } from "./types.ts";

/** Days that are over are counted once a day. */
const KEPT_MS = 5 * 60_000;

export const officeReportQuery = (officeId: string, { from, to }: Span) =>
  queryOptions({
    queryKey: ["report-office", officeId, from, to],
    staleTime: KEPT_MS,
    queryFn: () => get<OfficeReport>(`${api.officeReport}?officeId=${officeId}&from=${from}&to=${to}`),
  });

export const networkReportQuery = ({ from, to }: Span) =>
  queryOptions({
    queryKey: ["report-network", from, to],
    staleTime: KEPT_MS,
    queryFn: () => get<NetworkReport>(`${api.networkReport}?from=${from}&to=${to}`),
  });

export const prioritySharesQuery = () =>
  queryOptions({
    queryKey: ["report-priorities"],
    staleTime: KEPT_MS,
    queryFn: () => get<PriorityShares>(api.priorityShares),
  });

export const weekPlanQuery = (officeId: string, monday: string) =>
  queryOptions({
    queryKey: ["report-week", officeId, monday],
    queryFn: () => get<WeekPlan>(`${api.weekPlan}?officeId=${officeId}&on=${monday}`),
  });

/** Each reading is a line of the audit log: it is read when its day is chosen and after something was typed in. */
export const sheetQuery = (on: string) =>
  queryOptions({
    queryKey: ["sheet", on],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => get<DaySheet>(`${api.sheet}?on=${on}`),
  });
