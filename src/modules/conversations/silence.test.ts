import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time.ts";
import { systemContext } from "#platform/context.ts";
import { openTestServices, type TestServices } from "#tests/support/database.ts";
import { openLine, type Line } from "./conversations.fixtures.ts";
import { conversationTasks } from "./jobs.ts";

let services: TestServices;
let line: Line;
beforeAll(async () => {
  services = await openTestServices({ now: new Date("2026-11-23T18:00:00Z") });
  line = await openLine(services);
});
afterAll(() => services.close());

test("silence of three days leaves nothing: neither state nor what was said", async () => {
  for (const channel of ["whatsapp", "sms"] as const) await line.phone(undefined, channel).say("Hola");
  services.clock.set(new Date(services.clock.now().getTime() + 80 * HOUR_MS));
  const [task] = conversationTasks(line).filter(({ name }) => name.endsWith("erase"));
  await task!.run(systemContext(services, "erase"));
  for (const table of ["threads", "inbox", "replies"])
    expect(await services.adminQuery(`select 1 from conversations.${table}`), table).toEqual([]);
});
