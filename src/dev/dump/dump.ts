import pg from "pg";
import { readCatalogue, type Catalogue } from "./catalogue.ts";
import { schemaText } from "./schema-text.ts";

/** The schema of the database at `url`, as text that is the same for the same schema. */
export async function dumpSchema(url: string): Promise<string> {
  return schemaText(await catalogueOf(url));
}

export async function catalogueOf(url: string): Promise<Catalogue> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await readCatalogue(client);
  } finally {
    await client.end();
  }
}
