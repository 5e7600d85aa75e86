// Runs in a worker of a page: checks a draw from files that the page names or its reader chose.
import { readPublished } from "./published.ts";
import type { Report, Verdict } from "./report.ts";
import { WORDS, type Language } from "./texts.ts";
import { verify } from "./verify.ts";

/** What the page asks. */
export interface CheckAsked {
  readonly language: Language;
  /** Addresses on the page's own site, and files of the reader's. */
  readonly files: readonly (string | File)[];
  /** The signed papers of the page's draw: read first where none of the files holds an opening notice. */
  readonly documents: string;
}

/** What it is told, in words that are ready to be shown. */
export type CheckTold =
  | { readonly kind: "progress"; readonly lines: number }
  | { readonly kind: "unreadable"; readonly name: string }
  | {
      readonly kind: "verdict";
      readonly verdict: Verdict;
      readonly words: string;
      readonly faults: readonly string[];
      readonly remarks: readonly string[];
      readonly looked: string;
    };

/** Lines after which the page hears of it: a hundred times in a draw of a million. */
const TELL_LINES = 10_000;
/** An opening notice stands in the first line of the papers, and is shorter. */
const OPENING_WITHIN_BYTES = 16_384;

self.addEventListener("message", (event: MessageEvent<CheckAsked>) => void check(event.data));

async function check({ language, files, documents }: CheckAsked): Promise<void> {
  const reader = readPublished();
  let lines = 0;
  for (const file of await inOrder(files, documents)) {
    try {
      for await (const line of linesOf(file)) {
        reader.line(line);
        if (++lines % TELL_LINES === 0) tell({ kind: "progress", lines });
      }
    } catch {
      return tell({ kind: "unreadable", name: typeof file === "string" ? file : file.name });
    }
  }
  tell({ kind: "progress", lines });
  tell(inWords(verify(reader.end()), language));
}

/** Whoever has an opening notice stands first: the rows are read by its rules. */
async function inOrder(files: CheckAsked["files"], documents: string): Promise<(string | File)[]> {
  const first: (string | File)[] = [];
  const others: (string | File)[] = [];
  for (const file of files) ((await hasOpening(file, documents)) ? first : others).push(file);
  return [...(first.length === 0 ? [documents] : first), ...others];
}

async function hasOpening(file: string | File, documents: string): Promise<boolean> {
  if (typeof file === "string") return file === documents;
  return (await file.slice(0, OPENING_WITHIN_BYTES).text()).includes('"kind":"opening"');
}

/** Line by line: a replay of a million households is larger than a telephone's memory. */
async function* linesOf(file: string | File): AsyncGenerator<string> {
  const response = typeof file === "string" ? await fetch(file) : new Response(file);
  if (!response.ok || !response.body) throw new Error("unreadable");
  const chunks = response.body.getReader();
  const decoder = new TextDecoder("utf-8");
  let rest = "";
  for (;;) {
    const { done, value } = await chunks.read();
    rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
    const lines = rest.split("\n");
    rest = done ? "" : lines.pop()!;
    yield* lines;
    if (done) return;
  }
}

function inWords({ verdict, faults, remarks, entries, households, promises }: Report, language: Language): CheckTold {
  const words = WORDS[language];
  return {
    kind: "verdict",
    verdict,
    words: words.verdicts[verdict],
    faults: faults.map(({ code, about }) => `${words.faults[code]} [${code}: ${about}]`),
    remarks: remarks.map(({ code }) => words.remarks[code]),
    looked: words.looked(entries, households, promises),
  };
}

function tell(told: CheckTold): void {
  self.postMessage(told);
}
