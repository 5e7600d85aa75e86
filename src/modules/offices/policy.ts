/** What is known of whoever asks; only staff have a role and an office. */
interface Asker {
  readonly kind: string;
  readonly role?: string;
  readonly officeId?: string | undefined;
}

/** Staff of an office see their own ficha; headquarters and administrators see all. */
export function canReadFicha(actor: Asker, officeId: string): boolean {
  if (actor.kind !== "staff") return false;
  return isNetworkWide(actor.role) || actor.officeId === officeId;
}

/** Whoever answers for what the public is told: head or supervisor of that office, headquarters, administrators. */
export function canConfirmFacts(actor: Asker, officeId: string): boolean {
  if (actor.kind !== "staff") return false;
  if (isNetworkWide(actor.role)) return true;
  return (actor.role === "office_head" || actor.role === "supervisor") && actor.officeId === officeId;
}

function isNetworkWide(role: string | undefined): boolean {
  return role === "hq" || role === "admin";
}
