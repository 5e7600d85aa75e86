import { queryOptions } from "@tanstack/react-query";
import type { ReleaseList } from "#channels/api/console/release-contract.ts";
import { releaseApi } from "../urls.ts";
import { get } from "./request.ts";

export type { CountsFile, ReleaseList } from "#channels/api/console/release-contract.ts";
export type Release = ReleaseList["releases"][number];

export const releasesQuery = queryOptions({
  queryKey: ["releases"],
  queryFn: () => get<ReleaseList>(releaseApi.list),
});
