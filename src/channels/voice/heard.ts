import type { Incoming, Said } from "#modules/conversations/index.ts";

/** What was keyed or said, as words of the conversation; undefined for silence. */
export function heardOf(digits: string | undefined, speech: string | undefined): Said | undefined {
  const keyed = digits?.replace(/[^\d]/g, "");
  if (keyed) return { kind: "text", text: keyed };
  // Recognisers end a sentence with its full stop.
  const said = speech?.trim().replace(/[.。]$/, "");
  return said ? { kind: "text", text: said } : undefined;
}

/** The answer to the question which language: a greeting in it, so that whoever calls again is asked where she was. Danger stays what it is. */
export function languageOf(said: Said): Pick<Incoming, "said" | "language"> {
  const text = said.kind === "text" ? said.text.toLowerCase() : "";
  if (text === "0") return { said };
  if (text === "3" || /^(seguir|continuar)/.test(text)) return { said: { kind: "text", text: "seguir" } };
  const english = text === "2" || /^(two|english|inglés|ingles)\b/.test(text);
  return { said: { kind: "text", text: "hola" }, language: english ? "en" : "es" };
}
