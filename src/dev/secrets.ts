import { readFile, rename, writeFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { join } from "node:path";

export interface Secrets {
  /** The passwords of the login roles derive from it. */
  readonly roleSecret: string;
  /** 32 bytes in base64. */
  readonly rootKey: string;
}

/** The keys of this checkout's demo database, made on its first start and readable by this account alone. */
export async function readSecrets(directory: string): Promise<Secrets> {
  const path = join(directory, "secrets.json");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as Secrets;
  const secrets: Secrets = {
    roleSecret: randomBytes(32).toString("base64url"),
    rootKey: randomBytes(32).toString("base64"),
  };
  // Written aside first: half a file would lock everybody out of the database.
  await writeFile(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 });
  await rename(`${path}.new`, path);
  return secrets;
}
