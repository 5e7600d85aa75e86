import type { Actor } from "#platform/context.ts";

/** Staff of an office see their own ficha; headquarters and administrators see all. */
export function canReadFicha(actor: Actor, officeId: string): boolean {
  if (actor.kind !== "staff") return false;
  return isNetworkWide(actor.role) || actor.officeId === officeId;
}

/** Whoever answers for what the public is told: head or supervisor of that office, headquarters, administrators. */
export function canConfirmFacts(actor: Actor, officeId: string): boolean {
  if (actor.kind !== "staff") return false;
  if (isNetworkWide(actor.role)) return true;
  return (actor.role === "office_head" || actor.role === "supervisor") && actor.officeId === officeId;
}

function isNetworkWide(role: string): boolean {
  return role === "hq" || role === "admin";
}
