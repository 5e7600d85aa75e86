import { createHash } from "node:crypto";
import type { StaffId } from "#kernel/ids.ts";
import type { Context, Tx } from "#platform/context.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { newId } from "#platform/random.ts";
import { pointsOf } from "../rules/extract.ts";
import { eraseAfterAdvert, sameAdvert } from "../rules/reporting.ts";
import { countReport, findFiled, insertAdverts, type NewAdvert, type NewPoint } from "../store/adverts.ts";
import type { AdvertId, AdvertReport, AdvertSource, Filed, Point, SealedAdvert } from "../types.ts";

/** Ids, digests and seals of reports, made before any lock is held. */
export async function prepareAdverts(
  { keyring, now }: Pick<Context, "keyring" | "now">,
  reports: readonly AdvertReport[],
  filed: { readonly source: AdvertSource; readonly by: StaffId | null },
): Promise<NewAdvert[]> {
  const eraseAfter = eraseAfterAdvert(now);
  const prepared = reports.map((report) => ({
    id: newId<AdvertId>(),
    report,
    points: pointsOf(`${report.link}\n${report.words}`),
  }));
  const [same, keyed, sealed] = await Promise.all([
    keyring.digest(
      "advert",
      prepared.map(({ report }) => identityOf(report)),
    ),
    pointDigests(
      { keyring },
      prepared.map(({ points }) => points),
    ),
    keyring.seal(
      prepared.map(({ id, report: { link, words } }) => ({
        under: monthKey(eraseAfter.slice(0, 7)),
        field: "adverts.advert",
        row: id,
        plain: JSON.stringify({ link, words } satisfies SealedAdvert),
      })),
    ),
  ]);
  return prepared.map(({ id, report }, i) => ({
    id,
    source: filed.source,
    platform: report.platform,
    digests: same[i]!.map((one) => one.digest),
    sealed: sealed[i]!,
    filedAt: now,
    filedBy: filed.by,
    eraseAfter,
    points: keyed[i]!,
  }));
}

/** Files what is new and counts what is known, also under an older version of the key. */
export async function fileAdverts(tx: Tx, adverts: readonly NewAdvert[]): Promise<Filed[]> {
  const older = await findFiled(
    tx,
    adverts.flatMap((one) => one.digests.slice(1)),
  );
  const knownOf = (one: NewAdvert): AdvertId | undefined =>
    one.digests.slice(1).flatMap((digest) => older.get(digest.toString("hex")) ?? [])[0];
  // Two of one batch that are the same advert are one, reported twice.
  const first = new Map<string, AdvertId>();
  const fresh: NewAdvert[] = [];
  for (const one of adverts) {
    const key = one.digests[0]!.toString("hex");
    if (knownOf(one) !== undefined || first.has(key)) continue;
    first.set(key, one.id);
    fresh.push(one);
  }
  const inserted = await insertAdverts(tx, fresh);
  const filed = new Map(fresh.map((one, i) => [one.id, inserted[i]!]));
  const result: Filed[] = [];
  for (const one of adverts) {
    const own = filed.get(one.id);
    const id = own?.id ?? knownOf(one) ?? filed.get(first.get(one.digests[0]!.toString("hex"))!)!.id;
    if (!own) await countReport(tx, id, one.filedAt);
    result.push(own ?? { id, isNew: false });
  }
  return result;
}

/** The digests of an advert's points, under the version that is written. */
export async function pointDigests(
  { keyring }: Pick<Context, "keyring">,
  points: readonly (readonly Point[])[],
): Promise<NewPoint[][]> {
  const flat = points.flat();
  const digests = await keyring.digest(
    "advert.point",
    flat.map(({ kind, value }) => `${kind} ${kind === "phone" ? nationalDigits(value) : value}`),
  );
  let at = 0;
  return points.map((some) => some.map(({ kind }) => ({ kind, digest: digests[at++]![0]!.digest })));
}

/** The last ten digits are the same with and without the country, in all three countries. */
function nationalDigits(phone: string): string {
  return phone.slice(-10);
}

/** A report of a picture alone is known again by its bytes. */
function identityOf(report: AdvertReport): string {
  if (report.link !== "" || report.words !== "" || report.screenshot === undefined) return sameAdvert(report);
  return `picture ${createHash("sha256").update(report.screenshot).digest("hex")}`;
}
