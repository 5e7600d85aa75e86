import type { Station } from "./types.ts";
import { createStore, keepIn } from "./store.ts";

const kept = keepIn(() => sessionStorage, "ventanilla.station");

/** The station at which this tab's clerk works; like her counter it ends with the tab. */
const station = createStore<Station | undefined>((kept.read() as Station | undefined) || undefined);

export const useChosenStation = station.use;

export function setStation(chosen: Station): void {
  kept.write(chosen);
  station.set(chosen);
}
