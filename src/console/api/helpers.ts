import { queryOptions } from "@tanstack/react-query";
import type { HelperList, OpenedHelper } from "#channels/api/console/helper-contract.ts";
import { helperApi } from "../urls.ts";
import { get, post } from "./request.ts";

export type { HelperEnrolment, OpenedHelper } from "#channels/api/console/helper-contract.ts";
export type HelperLine = HelperList["helpers"][number];

/** Whatever of it is on a screen is read again after a step. */
export const HELPERS = ["helpers"] as const;

export const helpersQuery = queryOptions({
  queryKey: [...HELPERS, "list"],
  queryFn: () => get<HelperList>(helperApi.list),
});

/** Each reading is a line of the audit log: when it is opened, and after a change. */
export const openedHelperQuery = (id: string) =>
  queryOptions({
    queryKey: [...HELPERS, "opened", id],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => post<OpenedHelper>(helperApi.step(id, "open")),
  });
