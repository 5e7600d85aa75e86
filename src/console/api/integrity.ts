import { queryOptions } from "@tanstack/react-query";
import type { ClusterPicture, IntegrityDesk, ThresholdPreview } from "#channels/api/console/integrity-contract.ts";
import { integrityApi } from "../urls.ts";
import { get, post } from "./request.ts";

export type {
  CaseCard,
  ClusterCard,
  ClusterPicture,
  IntegrityDesk,
  ThresholdPreview,
} from "#channels/api/console/integrity-contract.ts";
export type Thresholds = IntegrityDesk["thresholds"];

/** A citizen may confirm at any moment: the desk is read again each minute. */
const READ_AGAIN_MS = 60_000;

export const deskQuery = queryOptions({
  queryKey: ["integrity"],
  refetchInterval: READ_AGAIN_MS,
  queryFn: () => get<IntegrityDesk>(integrityApi.desk),
});

export const pictureQuery = (clusterId: string) =>
  queryOptions({
    queryKey: ["integrity-picture", clusterId],
    queryFn: () => get<ClusterPicture>(integrityApi.picture(clusterId)),
  });

export const previewQuery = (thresholds: Thresholds) =>
  queryOptions({
    queryKey: ["integrity-preview", thresholds],
    retry: false,
    queryFn: () => post<ThresholdPreview>(integrityApi.preview, thresholds),
  });
