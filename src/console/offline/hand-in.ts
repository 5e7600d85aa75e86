import { post } from "../api/request.ts";
import type { HandInAnswer } from "../api/types.ts";
import { api } from "../urls.ts";
import { actsKept, type OpenLoan } from "./loan.ts";
import { readKept } from "./store.ts";

/** With 24 outcomes each, the most that a party has, a request of so many stays below the 64 KiB that browser and server take. */
const AT_ONCE = 20;

/** Sends all acts, also what another tab wrote; any of it may be sent again. The last answer says what came of them. */
export async function handIn({ loanId, key }: OpenLoan): Promise<NonNullable<HandInAnswer["merged"]>> {
  const { id, secret } = (await readKept("tablet"))!;
  const acts = await actsKept(key);
  for (let from = 0; ; from += AT_ONCE) {
    const operations = acts.slice(from, from + AT_ONCE);
    const body = { tablet: { id, secret }, loanId, deviceNow: Date.now(), last: acts.length, operations };
    const { merged } = await post<HandInAnswer>(api.operations, body);
    if (merged) return merged;
    if (from > acts.length) throw new Error("acts are missing");
  }
}
