import type { Language } from "../types.ts";
import { plain } from "./plain.ts";

/** What is understood at every question, whatever it asks. */
export type Spoken =
  | "danger"
  | "urgent"
  | "back"
  | "help"
  | "menu"
  | "greet"
  | "person"
  | "stop"
  | "start"
  | "more"
  | "resume"
  | "yes"
  | "no"
  | { readonly language: Language };

const WORDS: Readonly<Record<Exclude<Spoken, object>, readonly string[]>> = {
  danger: [
    "0",
    "cero",
    "peligro",
    "danger",
    "detencion",
    "detenido",
    "detenida",
    "detained",
    "auxilio",
    "sos",
    "migra",
  ],
  urgent: ["emergencia", "tengo una emergencia", "urgente", "urgencia", "emergency", "i have an emergency", "urgent"],
  back: ["atras", "regresar", "volver", "back", "anterior"],
  help: ["no entiendo", "ayuda", "help", "que", "como", "no se", "i do not understand", "i don t understand"],
  menu: ["menu", "inicio", "start over"],
  greet: ["hola", "hello", "hi", "buenos dias", "buenas tardes", "buenas noches", "buenas", "good morning"],
  person: ["persona", "agente", "person", "agent", "humano", "hablar con una persona", "operador", "operadora"],
  stop: ["baja", "stop", "alto", "cancelar mensajes", "unsubscribe"],
  start: ["alta", "start", "unstop"],
  resume: ["seguir", "continuar", "continue", "go on"],
  more: ["mas", "more", "otros", "otras", "ver mas"],
  yes: ["si", "yes", "ok", "claro", "esta bien", "correcto", "s", "y"],
  no: ["no", "n"],
};
/** Whole phrases in which somebody tells what is happening, wherever they stand in a message. */
const DANGER =
  /\b((me|lo|la|los|las|nos|le) (detuvieron|detuvo|arrestaron|agarro la migra|llevo la migra)|detuvieron a|arrestaron a|se (lo|la|los|las) llevaron|(was|were|got) (detained|arrested)|me esta (pegando|golpeando))\b/;

const BY_WORD = new Map(
  Object.entries(WORDS).flatMap(([command, words]) => words.map((word) => [word, command as Exclude<Spoken, object>])),
);

/** The command that a text is; undefined for an answer. */
export function commandOf(typed: string): Spoken | undefined {
  const text = plain(typed)
    .replace(/[.,;/-]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (text === "english" || text === "ingles") return { language: "en" };
  if (text === "espanol" || text === "spanish") return { language: "es" };
  return BY_WORD.get(text) ?? (DANGER.test(text) ? "danger" : undefined);
}
