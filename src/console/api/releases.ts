import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { EndedReleases, ReleaseList } from "#channels/api/console/release-contract.ts";
import { releaseApi } from "../urls.ts";
import { get } from "./request.ts";

export type { CountsFile, ReleaseList } from "#channels/api/console/release-contract.ts";
export type Release = ReleaseList["releases"][number];

export const releasesQuery = queryOptions({
  queryKey: ["releases"],
  queryFn: () => get<ReleaseList>(releaseApi.list),
});

/** Those that are over, page by page. */
export const endedQuery = infiniteQueryOptions({
  queryKey: ["releases", "ended"],
  queryFn: ({ pageParam }) => get<EndedReleases>(releaseApi.ended(pageParam)),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ releases, more }) => (more ? releases.at(-1)?.id : undefined),
});
