import { accept, type Outcome } from "#kernel/outcome.ts";
import { isSlipOfThePen } from "#modules/integrity/index.ts";
import type { Context } from "#platform/context.ts";
import type { Tx } from "#platform/db/index.ts";
import type { Digest } from "#platform/keyring/index.ts";
import { judgeClaim } from "../rules/claims.ts";
import { nameKeyText } from "../rules/names.ts";
import {
  countClaim,
  deleteClaimKeys,
  findStandingClaims,
  giveToHeirs,
  insertClaims,
  lockClaimsOf,
  type ClaimRow,
} from "../store/claims.ts";
import type { ApplicantDetails } from "../types.ts";
import { changeFile, type FileChangeRefusal, type PersonOf } from "./file.ts";

export interface CorrectNameRefusal {
  readonly code: FileChangeRefusal;
}

/**
 * Puts a name right, paper in hand. It is never a reason to turn anyone away, and never a score (people.md 15). Her
 * claims go along in the same transaction, so that from then on the name on the paper is what counts once.
 */
export async function correctName(
  ctx: Context,
  {
    names,
    second,
    ...which
  }: PersonOf & {
    second?: string | undefined;
    names: Pick<ApplicantDetails, "givenNames" | "firstSurname" | "secondSurname">;
  },
): Promise<Outcome<PersonOf, CorrectNameRefusal>> {
  const outcome = await changeFile<FileChangeRefusal>(ctx, which, {
    action: "file.correct_name",
    act: "corrected",
    second,
    // More than a slip is how a place would be handed to somebody else (A18): a colleague looks at the paper too.
    noted: (before, after) => (isSlipOfThePen(before, after) ? undefined : "file.other_name"),
    change: (details) => accept({ ...details, ...names }),
    along: async (after) => {
      const [digests] = await ctx.keyring.digest("claim.name", [nameKeyText(after)]);
      return (tx) => moveNameClaims(tx, which, digests!);
    },
  });
  return outcome.ok ? accept(which) : outcome;
}

/**
 * Claims under the old name end and those under the right one begin. Where another booking counts under the right one
 * hers is contested, as if she had filed now; whose contest was with the old name alone counts. Nobody is told.
 */
async function moveNameClaims(tx: Tx, { bookingId, ordinal }: PersonOf, digests: readonly Digest[]): Promise<void> {
  const before = await lockClaimsOf(tx, bookingId, ordinal);
  const old = before.filter((one) => one.kind === "name" && !digests.some(({ digest }) => digest.equals(one.key)));
  if (old.length === 0) return;
  await deleteClaimKeys(tx, old);
  for (const claim of onePerScope(old)) {
    const names = digests.map(({ digest, version }): ClaimRow => ({
      ...claim,
      key: digest,
      version,
      standing: "counting",
    }));
    const curps = before.filter((one) => one.kind === "curp" && isSame(one, claim));
    const standing = await findStandingClaims(tx, [...names, ...curps]);
    const judged = judgeClaim(
      { ...claim, ordinal, keys: names, curpKey: claim.curpKey ?? undefined },
      claim.contactId,
      standing.filter((other) => other.standing === "counting" && other.bookingId !== bookingId),
    );
    const free =
      judged.standing === "counting" ? names.filter((one) => !judged.without.some((key) => key.equals(one.key))) : [];
    const written = await insertClaims(tx, free);
    // Somebody booked under that name between the look and the writing: then it is hers.
    if (judged.standing === "counting" && written.length === free.length) await countClaim(tx, claim);
    else {
      await deleteClaimKeys(tx, free);
      await insertClaims(
        tx,
        names.map((one) => ({ ...one, standing: "contested" })),
      );
    }
  }
  await giveToHeirs(
    tx,
    old.filter((one) => one.standing === "counting"),
  );
}

function onePerScope(claims: readonly ClaimRow[]): ClaimRow[] {
  return claims.filter((one, i) => claims.findIndex((other) => isSame(one, other)) === i);
}

function isSame(a: ClaimRow, b: ClaimRow): boolean {
  return a.appointmentId === b.appointmentId && a.scope === b.scope;
}
