import { queryOptions } from "@tanstack/react-query";
import type { AdvertList, AdvertMonths, ImportLine, OpenedAdvert } from "#channels/api/console/advert-contract.ts";
import { advertApi } from "../urls.ts";
import { get, post, Refused, Unreachable } from "./request.ts";

export type { AdvertMonths, ImportLine, OpenedAdvert } from "#channels/api/console/advert-contract.ts";
export type AdvertLine = AdvertList["adverts"][number];

export interface AdvertFilter {
  readonly state: AdvertLine["state"] | "";
  readonly platform: AdvertLine["platform"] | "";
  readonly takedown: NonNullable<AdvertLine["takedown"]> | "";
}

/** Whatever of it is on a screen is read again after a step. */
export const ADVERTS = ["adverts"] as const;

export const advertsQuery = (filter: AdvertFilter) =>
  queryOptions({
    queryKey: [...ADVERTS, "list", filter],
    queryFn: () => {
      const asked = Object.entries(filter).filter(([, value]) => value !== "");
      return get<AdvertList>(`${advertApi.list}?${new URLSearchParams(asked).toString()}`);
    },
  });

export const monthsQuery = queryOptions({
  queryKey: [...ADVERTS, "months"],
  queryFn: () => get<AdvertMonths>(advertApi.months),
});

/** Each reading is a line of the audit log: when it is opened, and after a change. */
export const openedAdvertQuery = (id: string) =>
  queryOptions({
    queryKey: [...ADVERTS, "opened", id],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => post<OpenedAdvert>(advertApi.step(id, "open")),
  });

/** Sends a file and tells how far the server is, as it tells it itself; the last is the whole. */
export async function importFile(file: File, told: (line: ImportLine) => void): Promise<void> {
  const isTable = file.name.toLowerCase().endsWith(".csv");
  const response = await fetch(advertApi.import(isTable ? "csv" : "json"), {
    method: "POST",
    headers: { "content-type": isTable ? "text/csv" : "application/x-ndjson" },
    body: file,
    cache: "no-store",
  }).catch(() => {
    throw new Unreachable();
  });
  if (!response.ok || !response.body) throw new Refused(response.status, "fault");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (left + value).split("\n");
    left = lines.pop()!;
    for (const line of lines) told(JSON.parse(line) as ImportLine);
  }
}
