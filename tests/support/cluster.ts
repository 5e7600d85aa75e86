import pg from "pg";

/** Fictional secrets of test installations. */
export const TEST_ROLE_SECRET = "the role secret of a test database, used nowhere else";
export const TEST_ROOT_KEY = Buffer.alloc(32, 7);

export function withDatabaseName(url: string, name: string): string {
  const own = new URL(url);
  own.pathname = `/${name}`;
  return own.toString();
}

export async function adminQuery<Row extends pg.QueryResultRow = pg.QueryResultRow>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}
