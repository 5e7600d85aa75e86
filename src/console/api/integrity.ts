import { queryOptions } from "@tanstack/react-query";
import type {
  ClusterPicture,
  Doubts,
  IntegrityDesk,
  OpenedDoubt,
  ThresholdPreview,
  WeightsProposal,
} from "#channels/api/console/integrity-contract.ts";
import { integrityApi } from "../urls.ts";
import { get, post } from "./request.ts";

export type {
  CaseCard,
  ClusterCard,
  ClusterPicture,
  DoubtCard,
  IntegrityDesk,
  OpenedDoubt,
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

export const doubtsQuery = queryOptions({
  queryKey: ["doubts"],
  refetchInterval: READ_AGAIN_MS,
  queryFn: () => get<Doubts>(integrityApi.pairs),
});

/** Each opening is on record: once when it is opened, and not again by itself. */
export const openDoubt = (id: string) => post<OpenedDoubt>(integrityApi.pair(id, "open"));
export const decideDoubt = (id: string, verdict: NonNullable<OpenedDoubt["verdict"]>) =>
  post<{ ok: true }>(integrityApi.pair(id, "decide"), { verdict });

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

/** Beneath the desk's own key: what was decided changes the proposal too. */
export const weightsQuery = queryOptions({
  queryKey: ["integrity", "weights"],
  queryFn: () => get<WeightsProposal>(integrityApi.weights),
});
