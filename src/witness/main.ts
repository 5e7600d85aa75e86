// `node dist/witness.js`: cosigns the manifests of draws for operators whom it knows (docs/runbooks/witness.md).
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import type { Signer } from "#kernel/notes.ts";
import { startWitness } from "./service.ts";

const EXIT_USAGE = 64;
const DEFAULT_PORT = "8700";
const USAGE = `node dist/witness.js --name NAME --state FOLDER --operator NAME=KEY [--operator NAME=KEY]… [--host 127.0.0.1] [--port ${DEFAULT_PORT}]
NAME is as signature lines write it, without spaces. KEY is 64 hexadecimal digits, from the operator's opening notice.
Key and memory are made in FOLDER at the first start. Keep that folder: a witness that forgets is none.
`;

const { name, state, operator: operators, host, port } = readArguments();
const witness = await startWitness({
  name,
  folder: state,
  operators: operators.map(readOperator),
  host,
  port: Number(port),
  now: () => Math.floor(Date.now() / 1000),
  randomBytes,
}).catch((error: Error) => leave(`${error.message}\n`, 1));
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    void witness.close().then(() => process.exit(0));
  });
}
// What an operator puts into its list of witnesses, with the address under which it reaches this one.
process.stdout.write(`${JSON.stringify({ ...witness.signer, url: `http://${host}:${witness.port}` })}\n`);

function readOperator(text: string): Signer {
  const [, name, key] = /^([^\s+=]+)=([0-9a-f]{64})$/.exec(text) ?? leave(USAGE);
  return { name: name!, key: key! };
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        name: { type: "string" },
        state: { type: "string" },
        operator: { type: "string", multiple: true },
        host: { type: "string", default: "127.0.0.1" },
        port: { type: "string", default: DEFAULT_PORT },
      },
    });
    const { name, state, operator } = values;
    if (name && state && operator) return { ...values, name, state, operator };
  } catch {
    // Said below, like everything else that is missing.
  }
  return leave(USAGE);
}

function leave(words: string, code = EXIT_USAGE): never {
  process.stderr.write(words);
  process.exit(code);
}
