// A witness that is killed between writing down and answering, or, as a control, between answering and writing down.
import { join } from "node:path";
import { toHex, utf8 } from "#kernel/digest.ts";
import { publicKeyOf, signWith } from "#kernel/signature.ts";
import { randomBytes } from "#platform/random.ts";
import { readKey } from "../../src/witness/key.ts";
import { openMemory, type Memory } from "../../src/witness/memory.ts";
import { serveWitness } from "../../src/witness/service.ts";

const [name, folder, operator, key, order] = process.argv.slice(2) as [string, string, string, string, string];
const memory = await openMemory(join(folder, "cosigned.jsonl"));
const secret = await readKey(join(folder, "key"), randomBytes);

const dying: Memory =
  order === "answers-first"
    ? { ...memory, keep: (_, make) => Promise.resolve(make()) }
    : {
        ...memory,
        async keep(origin, make) {
          await memory.keep(origin, make);
          process.kill(process.pid, "SIGKILL");
          // Nothing runs after the signal.
          return new Promise(() => undefined);
        },
      };

const server = serveWitness({
  signer: { name, key: toHex(publicKeyOf(secret)) },
  sign: (text) => signWith(secret, utf8(text)),
  operators: [{ name: operator, key }],
  memory: dying,
  now: () => Math.floor(Date.now() / 1000),
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
