import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../urls.ts";
import { get } from "./request.ts";
import type { Care, CareReport, InterpreterLine, Languages, SurveySheets } from "./types.ts";

/** When the live line is down a call for help must still be seen. */
const ASKED_EVERY_MS = 15_000;

/** What needs a colleague now; read again as soon as the office says that it is another. */
export const careQuery = queryOptions({
  queryKey: ["care"],
  queryFn: () => get<Care>(api.care),
  refetchInterval: ASKED_EVERY_MS,
});

export const useCare = () => useQuery(careQuery);

export function useCareAgain(): () => Promise<unknown> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: careQuery.queryKey });
}

/** The card *Señale su lengua*: the same for every office. */
export const languagesQuery = queryOptions({
  queryKey: ["languages"],
  staleTime: Infinity,
  queryFn: async () => (await get<Languages>(api.languages)).languages,
});

export const careReportQuery = (officeId: string) =>
  queryOptions({
    queryKey: ["report-care", officeId],
    queryFn: () => get<CareReport>(`${api.careReport}?officeId=${officeId}`),
  });

export const surveySheetsQuery = queryOptions({
  queryKey: ["survey-sheets"],
  queryFn: () => get<SurveySheets>(api.surveySheets),
});

export const interpreterLineQuery = queryOptions({
  queryKey: ["interpreter-line"],
  queryFn: () => get<InterpreterLine>(api.interpreterLine),
});
