import { createStore, keepIn } from "../api/store.ts";

export type Language = "es" | "en";

/** Plain words, or a function of the facts that the sentence needs. */
type Words = string | ((...facts: never[]) => string) | { readonly [key: string]: Words };

/** Two catalogues with the same keys: a key that one lacks is an error of types. */
export function texts<T extends { readonly [key: string]: Words }>(catalogue: {
  readonly es: T;
  readonly en: NoInfer<T>;
}) {
  return catalogue;
}

const kept = keepIn(() => localStorage, "ventanilla.language");
const language = createStore<Language>(kept.read() === "en" ? "en" : "es");

export const useLanguage = language.use;

export function setLanguage(next: Language): void {
  kept.write(next);
  language.set(next);
}

export function useTexts<T>(catalogue: { readonly es: T; readonly en: T }): T {
  return catalogue[useLanguage()];
}
