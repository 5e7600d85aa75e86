import { useSyncExternalStore } from "react";

export type Language = "es" | "en";

/** Plain words, or a function of the facts that the sentence needs. */
type Words = string | ((...facts: never[]) => string) | { readonly [key: string]: Words };

/** Two catalogues with the same keys: a key that one lacks is an error of types. */
export function texts<T extends { readonly [key: string]: Words }>(catalogue: { readonly es: T; readonly en: NoInfer<T> }) {
  return catalogue;
}

/** The language is a habit of the device, not of a person; it says nothing about anybody. */
const KEPT_AS = "ventanilla.language";
const listeners = new Set<() => void>();
let language: Language = kept() === "en" ? "en" : "es";

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(next: Language): void {
  language = next;
  document.documentElement.lang = next === "es" ? "es-MX" : "en";
  try {
    localStorage.setItem(KEPT_AS, next);
  } catch {
    // A browser that keeps nothing still shows the language until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useLanguage(): Language {
  return useSyncExternalStore(listen, currentLanguage, currentLanguage);
}

export function useTexts<T>(catalogue: { readonly es: T; readonly en: T }): T {
  return catalogue[useLanguage()];
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
