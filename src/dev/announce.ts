import type { Development } from "./start.ts";

/** What a newcomer is told when everything answers. */
export function announce({
  origin,
  internalOrigin,
  world,
}: Pick<Development, "origin" | "internalOrigin" | "world">): string {
  const logins = [...new Set(world.staff.map((one) => one.role.replace("_", " ")))].join(", ");
  const cards = world.cards.map(({ folio, pin }) => `folio ${folio}, PIN ${pin}`).join("; ");
  const lines = [
    ["Citizen site", `${origin}/   (English: ${origin}/en)`],
    ["Console", `${origin}/consola/   (demo logins: ${logins})`],
    ["Outbox", `${origin}/dev/buzon   every message that would have left`],
    ["Clock", `${origin}/dev/reloj   move the time, see reminders`],
    ["All of it", `${origin}/dev`],
    ["API", `${origin}/api/v1`],
    ["Health", `${internalOrigin}/readyz`],
    ["Paper cards", cards],
  ] as const;
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  return `\nVentanilla is running. Everything in it is invented.\n\n${lines.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join("\n")}\n\nCtrl-C stops it.\n`;
}
