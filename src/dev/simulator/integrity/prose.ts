import { APPEAL_DAYS, CONTROL_SHARE, MOST_CHALLENGED } from "#modules/integrity/index.ts";
import { percent } from "../report/pictures.ts";
import * as p from "./parameters.ts";

export const INTRODUCTION = `Families, neighbours, libraries, helpers and five kinds of sellers book for ${p.WEEKS} weeks at ${p.OFFICES} offices. Once a week everything of the last ninety days is grouped, scored and levelled by \`clustersOf\`, the office's week is asked about within \`budgetLeft\` (${percent(MOST_CHALLENGED, 0)}), one in ${Math.round(1 / CONTROL_SHARE)} is drawn by \`isControl\`, and a contact that is refuted is closed by \`nextSanction\`: all are the rules that ship, nothing of them is copied. The score is never told who is who; the label is only for counting afterwards.

**Precision**: of the bookings whose group is orange or red, those of sellers. **Recall**: of sellers' bookings, those whose group is orange or red while they are to come. **Wrongly flagged**: of honest bookings, those whose group is orange or red; nobody loses anything by it. **Lost**: who lost the place after being asked, appeals counted.`;

export const READING = `What to read in it:

- **Families are hardly ever looked at**, nor people behind one network: what they share is weighed by how many share it.
- **Sharing alone makes a seller yellow, and the second kind of evidence decides.** Most of what is found is found by a client who was filed twice. Where sellers are careful about that, few reach orange before an advert or a swap speaks against them, and half of what is flagged is honest. So the recall above stands and falls with a guess, and no weight can mend it: two kinds of evidence are asked for so that no helper is accused for helping.
- **A library's computer pays for it.** One slip of the pen by one of eighty readers is the second kind of evidence against all of them. They are flagged and hardly ever asked, for the office's week goes to stronger groups first, and nobody lost a place. Counting a near-duplicate only where one in ten of a group has one would clear libraries and helpers entirely, and would leave a recall of about six in a hundred (played once, not kept): it is for the analysts to decide on real cases.
- **Helpers without registration are yellow.** By what is known of them they are a gestor: one device, many surnames, several offices. Registering ends it.
- **The concierge is not found, and cannot be**: each client has her own telephone and window. The draw must make him useless, and does ([report](report.md)).
- **The budget bounds what is asked about**, not the score. Of what is flagged a part is asked; the rest keeps its place and is counted.`;

export const ASSUMPTIONS = `Everything about how many there are and what they share is a guess of ours: ${p.FAMILIES_A_WEEK} families alone of an office and week; of one office ${Object.entries(
  p.CROWDS,
)
  .map(([name, { actors, least, most }]) => `${actors} ${name} of ${least} to ${most} people in ninety days`)
  .join(
    ", ",
  )}. ${percent(p.MISSED.honest, 0)} of families do not come (Berlin, 2023), ${percent(p.MISSED.seller, 0)} of sellers' clients. ${percent(p.FRESH.honest, 0)} of contacts are younger than a week. A confirmed advert is matched to ${percent(p.ADVERTS.matched, 0)} of those who advertise, from the fourth week on. Asked, ${percent(p.ANSWERS.honest.mine, 0)} of families say that it is theirs and the rest is not reached; a seller who holds the telephone says so in ${percent(p.ANSWERS.contact.mine, 0)} of cases. Of families that lost a place ${percent(p.APPEALS.honest.asks, 0)} appeal within ${APPEAL_DAYS} days. A case takes ${p.CASE_MINUTES} minutes.`;

export const LIMITS = `- It is no forecast: the mix of sellers is invented, and precision falls with their number. What holds is which groups are found and who is wronged.
- Sellers here do not learn. One who knows the rules shares less, and becomes the concierge.
- Groups are looked at once a week; the service does it every five minutes, so that it sees what was cancelled earlier.
- The score's weights were not fitted to these bookings, and must not be: they are fitted to decided cases ([0045](../decisions/0045-sanctions.md)).`;
