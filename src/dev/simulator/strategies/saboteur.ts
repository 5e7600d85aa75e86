import { type Chance } from "../chance.ts";
import { type Ticket } from "../lot.ts";

/** What a saboteur signs up with: mailboxes of one domain that catches all, free mailboxes, or numbers bought by the card. */
export type SabotageBy = "own_domain" | "free_mailboxes" | "bought_numbers";

/** Five people a contact are all that one may file. */
const PERSONS_A_CONTACT = 5;

/** A20: wants no place and no money, only that nobody else has it. Answers every reminder; nobody comes. */
export function sabotage(
  by: SabotageBy,
  contacts: number,
  offices: number,
  weekdays: readonly number[],
  chance: Chance,
): Ticket[] {
  return Array.from({ length: contacts }, () => ({
    size: PERSONS_A_CONTACT,
    tier: 3,
    contact: by === "bought_numbers" ? "unseen_number" : "email_only",
    domain: by === "own_domain" ? "catch-all" : "",
    offices: [chance.below(offices)],
    weekdays,
  }));
}
