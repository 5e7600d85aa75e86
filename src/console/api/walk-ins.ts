import { queryOptions } from "@tanstack/react-query";
import type { WalkInDated, WalkInDates, WalkInRoom, WalkInTurn } from "#channels/api/console/walk-in-contract.ts";
import { walkInApi } from "../urls.ts";
import { get, post } from "./request.ts";

export type { WalkInDates, WalkInDated, WalkInRoom, WalkInTurn } from "#channels/api/console/walk-in-contract.ts";

/** What fits changes with each call, and by time alone. */
const EVERY_MS = 60_000;

export const roomQuery = queryOptions({
  queryKey: ["walk-ins", "room"],
  refetchInterval: EVERY_MS,
  queryFn: () => get<WalkInRoom>(walkInApi.room),
});

export interface Applicant {
  readonly services: readonly string[];
}

export const register = (applicants: readonly Applicant[]) => post<WalkInTurn>(walkInApi.register, { applicants });
export const findDates = (applicants: readonly Applicant[]) =>
  post<WalkInDates>(walkInApi.dates, { people: applicants.map(({ services }) => ({ services })) });
export const bookDate = (applicants: readonly Applicant[], startsAt: string) =>
  post<WalkInDated>(walkInApi.dated, { applicants, startsAt });
