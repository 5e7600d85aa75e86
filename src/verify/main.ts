// `node dist/verify.js FILE…`: checks a draw from its published files (docs/verify.md).
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { readPublished } from "./published.ts";
import type { Report, Verdict } from "./report.ts";
import { LANGUAGES, WORDS, type Language } from "./texts.ts";
import { verify } from "./verify.ts";

const EXIT: Readonly<Record<Verdict, number>> = { verified: 0, false: 1, unproven: 2, not_publicly_verifiable: 3 };
const EXIT_USAGE = 64;
const EXIT_NO_INPUT = 66;
const USAGE = `node dist/verify.js [--lang es|en] [--json] [--operator KEY] [--witness KEY]… FILE…
Reads the published files of one draw, the document file first, and says what is proven.
KEY is 64 hexadecimal digits. Exit code: 0 verified, 1 false, 2 unproven, 3 not publicly verifiable.
`;

const { values, positionals } = readArguments();
const language = values.lang as Language;
if (positionals.length === 0 || !LANGUAGES.includes(language)) leave(USAGE);

const reader = readPublished();
for (const path of positionals) await readFile(path);
const report = verify(reader.end(), { operator: values.operator, witnesses: values.witness });
process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : inWords(report, language));
process.exitCode = EXIT[report.verdict];

/** Line by line: a replay of a million requests is larger than memory should be. */
async function readFile(path: string): Promise<void> {
  try {
    const input = createReadStream(path, "utf8");
    for await (const line of createInterface({ input, crlfDelay: Infinity })) reader.line(line);
  } catch (error) {
    leave(`${path}: ${(error as NodeJS.ErrnoException).code ?? "unreadable"}\n`, EXIT_NO_INPUT);
  }
}

function inWords(
  { verdict, faults, remarks, entries, households, promises, draw }: Report,
  language: Language,
): string {
  const words = WORDS[language];
  return [
    `${draw ?? "–"}: ${words.verdicts[verdict]}`,
    ...faults.map(({ code, about }) => `  ✗ ${words.faults[code]} [${code}: ${about}]`),
    ...remarks.map(({ code, about }) => `  · ${words.remarks[code]} [${code}: ${about}]`),
    `  ${words.looked(entries, households, promises)}`,
    "",
  ].join("\n");
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        lang: { type: "string", default: "es" },
        json: { type: "boolean", default: false },
        operator: { type: "string" },
        witness: { type: "string", multiple: true },
      },
    });
  } catch {
    return leave(USAGE);
  }
}

function leave(words: string, code = EXIT_USAGE): never {
  process.stderr.write(words);
  process.exit(code);
}
