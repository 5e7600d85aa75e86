/** A language of the card *Señale su lengua*. */
export interface CardLanguage {
  readonly code: string;
  readonly es: string;
  readonly en: string;
  /** How its speakers call it; several where the towns differ. */
  readonly autonyms: readonly string[];
  /** Asked for where speakers of one town do not follow those of another. */
  readonly variants: readonly { readonly code: string; readonly es: string; readonly en: string }[];
}

const variant = (code: string, es: string, en: string) => ({ code, es, en });

/**
 * Languages that people point at, by number of speakers in Mexico. Names in Spanish and groups of variants: Catálogo de
 * las Lenguas Indígenas Nacionales (INALI, DOF 14 January 2008), in the wording known to us; its 364 variants are too many
 * for a card. Self-names are the ones in common use and were NOT yet read by speakers: an office has them checked before
 * it prints the card. The ministry has five by telephone since May 2023 and does not say which (facts 12); the first five
 * are the likely ones.
 */
export const CARD_LANGUAGES: readonly CardLanguage[] = [
  {
    code: "nahuatl",
    es: "náhuatl",
    en: "Nahuatl",
    autonyms: ["nawatl", "mexikano"],
    variants: [
      variant("huasteca", "de la Huasteca", "of the Huasteca"),
      variant("puebla", "de la sierra de Puebla", "of the hills of Puebla"),
      variant("guerrero", "de Guerrero", "of Guerrero"),
      variant("zongolica", "de Zongolica y Orizaba", "of Zongolica and Orizaba"),
    ],
  },
  { code: "maya", es: "maya", en: "Maya", autonyms: ["maaya t’aan"], variants: [] },
  { code: "tseltal", es: "tseltal", en: "Tseltal", autonyms: ["bats’il k’op"], variants: [] },
  {
    code: "mixteco",
    es: "mixteco",
    en: "Mixtec",
    autonyms: ["tu’un savi", "tu’un ñuu savi"],
    variants: [
      variant("alta", "de la Mixteca Alta", "of the Mixteca Alta"),
      variant("baja", "de la Mixteca Baja", "of the Mixteca Baja"),
      variant("costa", "de la Costa", "of the coast"),
      variant("guerrero", "de Guerrero", "of Guerrero"),
    ],
  },
  { code: "tsotsil", es: "tsotsil", en: "Tsotsil", autonyms: ["bats’i k’op"], variants: [] },
  {
    code: "zapoteco",
    es: "zapoteco",
    en: "Zapotec",
    autonyms: ["diidxazá", "dilla xhon"],
    variants: [
      variant("istmo", "del Istmo", "of the Isthmus"),
      variant("valles", "de los Valles", "of the valleys"),
      variant("sierra_norte", "de la Sierra Norte", "of the Sierra Norte"),
      variant("sierra_sur", "de la Sierra Sur", "of the Sierra Sur"),
    ],
  },
  { code: "otomi", es: "otomí", en: "Otomi", autonyms: ["hñähñu", "hñöñho"], variants: [] },
  { code: "chol", es: "ch’ol", en: "Ch’ol", autonyms: ["lak ty’añ"], variants: [] },
  { code: "mazateco", es: "mazateco", en: "Mazatec", autonyms: ["énná"], variants: [] },
  { code: "mazahua", es: "mazahua", en: "Mazahua", autonyms: ["jñatjo"], variants: [] },
  { code: "purepecha", es: "purépecha", en: "Purépecha", autonyms: ["p’urhépecha"], variants: [] },
  { code: "mixe", es: "mixe", en: "Mixe", autonyms: ["ayuujk"], variants: [] },
  { code: "tlapaneco", es: "tlapaneco", en: "Tlapanec", autonyms: ["me’phaa"], variants: [] },
  {
    code: "triqui",
    es: "triqui",
    en: "Triqui",
    autonyms: ["nánj nï’ïn"],
    variants: [
      variant("copala", "de Copala", "of Copala"),
      variant("chicahuaxtla", "de Chicahuaxtla", "of Chicahuaxtla"),
    ],
  },
  { code: "amuzgo", es: "amuzgo", en: "Amuzgo", autonyms: ["ñomndaa"], variants: [] },
  { code: "tarahumara", es: "tarahumara", en: "Tarahumara", autonyms: ["ralámuli raicha"], variants: [] },
  { code: "other", es: "otra lengua", en: "another language", autonyms: [], variants: [] },
];

/** What a request for an interpreter names: a language, or one with its variant, `mixteco_costa`. */
export const LANGUAGE_CODES: readonly string[] = CARD_LANGUAGES.flatMap(({ code, variants }) => [
  code,
  ...variants.map((one) => `${code}_${one.code}`),
]);
