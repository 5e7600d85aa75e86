import { queryOptions } from "@tanstack/react-query";
import { get } from "./request.ts";

const API = "/api/v1/console/devices";

export const devicesApi = { all: API, revoke: (id: string) => `${API}/${id}/revoke` } as const;

export type DeviceKind = "screen" | "kiosk";

export interface Device {
  readonly id: string;
  readonly kind: DeviceKind;
  /** UTC, ISO 8601. */
  readonly enrolledAt: string;
}

/** A code with which one browser becomes a device. */
export interface DeviceOffer {
  readonly code: string;
  /** UTC, ISO 8601. */
  readonly until: string;
}

export const devicesQuery = queryOptions({
  queryKey: ["devices"],
  queryFn: async () => (await get<{ devices: Device[] }>(devicesApi.all)).devices,
});
