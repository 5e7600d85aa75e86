import { Fragment, createElement, type ReactNode } from "react";
import { IntlMessageFormat } from "intl-messageformat";
import type { Context } from "#platform/context.ts";

export type Language = Context["language"];
export const LANGUAGES: readonly Language[] = ["es", "en"];
/** Mexican Spanish and the English of the United States: how numbers, dates and plurals are written. */
export const LOCALES: Readonly<Record<Language, string>> = { es: "es-MX", en: "en-US" };

export type Values = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Record<string, string>>;

/** A catalogue in one language. */
export interface Words<Key extends string> {
  (key: Key, values?: Values): string;
  /** For texts with a link or an emphasis in them: `<a>…</a>` is what `values.a` makes of its words. */
  rich(key: Key, values: Readonly<Record<string, ReactNode | ((words: ReactNode) => ReactNode)>>): ReactNode;
  readonly language: Language;
}

/** The words of one area in the asked language. */
export interface Texts<Key extends string> {
  (language: Language): Words<Key>;
  /** The catalogues as they were written, for the check of all texts. */
  readonly catalogues: Readonly<Record<Language, Catalogue>>;
}

/** Both languages of one area, with the same keys: a missing one is a type error. Texts are ICU messages. */
export function texts<const Es extends Catalogue>(both: {
  es: Es;
  en: { readonly [Key in keyof Es]: string };
}): Texts<keyof Es & string> {
  const words = { es: wordsOf("es", both.es), en: wordsOf("en", both.en) };
  return Object.assign((language: Language) => words[language] as Words<keyof Es & string>, { catalogues: both });
}

function wordsOf(language: Language, catalogue: Catalogue): Words<string> {
  const compiled = new Map<string, IntlMessageFormat>();
  const messageOf = (key: string): IntlMessageFormat => {
    let message = compiled.get(key);
    if (message === undefined)
      compiled.set(key, (message = new IntlMessageFormat(catalogue[key] ?? key, LOCALES[language])));
    return message;
  };
  const say = (key: string, values?: Values): string =>
    values === undefined ? (catalogue[key] ?? key) : String(messageOf(key).format(values));
  return Object.assign(say, {
    language,
    rich(key: string, values: Parameters<Words<string>["rich"]>[1]): ReactNode {
      const tags = Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "function" ? (parts: ReactNode[]) => value(together(parts)) : value,
      ]);
      const format = messageOf(key).format.bind(messageOf(key)) as (values: unknown) => ReactNode | ReactNode[];
      return together([format(Object.fromEntries(tags))].flat());
    },
  });
}

function together(parts: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...parts);
}
