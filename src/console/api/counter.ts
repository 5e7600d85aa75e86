import { createStore, keepIn } from "./store.ts";

const kept = keepIn(() => sessionStorage, "ventanilla.counter");

/** The counter at which this tab's clerk sits: a piece of furniture; it ends with the tab. */
const counter = createStore<number | undefined>(Number(kept.read()) || undefined);

export const useCounter = counter.use;

export function setCounter(number: number): void {
  kept.write(String(number));
  counter.set(number);
}
