import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { addDays, localDateAt } from "#kernel/time.ts";
import { templatesOf, type PlannedTemplate } from "../rules/templates.ts";
import { planningFile } from "../schema.ts";
import { writeSeed, type Seeded } from "../store/seed.ts";

/**
 * Gives every office the sessions that its size in planning.json assumes, and the closures of its two
 * holiday calendars. What is there already stays, so it may run at every start. Needs the offices first;
 * `url` is an administrator's, as for all reference data.
 */
export async function seedTemplates(options: {
  readonly url: string;
  readonly now: Date;
  readonly directory?: string;
}): Promise<Seeded> {
  const text = await readFile(join(options.directory ?? "db/reference", "planning.json"), "utf8");
  // Yesterday, so that the day on which it runs is covered in every zone.
  const validFrom = addDays(localDateAt(options.now, "UTC"), -1);
  const templates = templatesOf(planningFile.parse(JSON.parse(text)), validFrom);
  return writeSeed(
    options.url,
    templates.map((template) => ({ ...template, id: templateId(template) })),
  );
}

/** The same on every run and node, so that seeding twice finds what is there. */
function templateId(template: PlannedTemplate): string {
  const hex = createHash("sha256")
    .update(`template ${template.officeId} ${template.serviceGroup} ${template.kind}`)
    .digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
