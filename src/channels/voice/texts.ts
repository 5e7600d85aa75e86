import type { Prompt } from "#modules/conversations/index.ts";

export type Language = Prompt["language"];

/** What only a voice says, in plain words. Spoken: no abbreviations, numbers as digits. */
const es = {
  dangerFirst: "Si detuvieron a alguien o hay peligro, marque 0.",
  greeting: "Citas del consulado. Es gratis. Para español, marque 1.",
  goOn: "Para seguir donde se quedó antes, marque 3.",
  choice: (title: string, detail: string | undefined, key: string) => `${inOneBreath(title, detail)}: marque ${key}.`,
  keyOrSay: "Dígalo, o márquelo y termine con la tecla de gato.",
  through: "Le comunicamos ahora. No le pedimos su nombre.",
  moment: "Un momento.",
  goodbye: "No le oímos. Todo queda guardado: llame cuando quiera y seguimos.",
  fault: "Algo falló de nuestro lado. No se perdió nada. Llame otra vez, por favor.",
};

const en: typeof es = {
  dangerFirst: "If somebody was detained or there is danger, press 0.",
  greeting: "For English, press 2.",
  goOn: "To go on where you were before, press 3.",
  choice: (title, detail, key) => `${inOneBreath(title, detail)}: press ${key}.`,
  keyOrSay: "Say it, or key it and end with the pound key.",
  through: "We are putting you through now. We do not ask your name.",
  moment: "One moment.",
  goodbye: "We did not hear you. Everything is kept: call whenever you like and we go on.",
  fault: "Something failed on our side. Nothing was lost. Please call again.",
};

export const VOICE_TEXTS: Readonly<Record<Language, typeof es>> = { es, en };

/** An answer with what explains it, which ends with a full stop where it is read. */
function inOneBreath(title: string, detail: string | undefined): string {
  return detail === undefined ? title : `${title}, ${detail.replace(/\.$/, "")}`;
}
