import { adminQuery } from "../admin.ts";

/** What of the demo world was already made, in a schema that only demo databases have. */
export interface Made {
  /** What was noted when this part was made; undefined while it was not. */
  find<Detail>(part: string): Promise<Detail | undefined>;
  /** Makes a part that was not made yet, and notes what came of it. */
  once<Detail>(part: string, make: () => Promise<Detail>): Promise<Detail>;
}

export async function openMade(adminUrl: string): Promise<Made> {
  await adminQuery(adminUrl, "create schema if not exists demo");
  await adminQuery(
    adminUrl,
    "create table if not exists demo.made (part text primary key, made_at timestamptz not null default now(), detail jsonb not null)",
  );
  const find = async <Detail>(part: string): Promise<Detail | undefined> => {
    const [row] = await adminQuery<{ detail: Detail }>(adminUrl, "select detail from demo.made where part = $1", [
      part,
    ]);
    return row?.detail;
  };
  return {
    find,
    async once<Detail>(part: string, make: () => Promise<Detail>) {
      const before = await find<Detail>(part);
      if (before !== undefined) return before;
      const detail = await make();
      await adminQuery(adminUrl, "insert into demo.made (part, detail) values ($1, $2)", [
        part,
        JSON.stringify(detail),
      ]);
      return detail;
    },
  };
}
