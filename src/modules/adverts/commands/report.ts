import type { StaffId } from "#kernel/ids.ts";
import { accept, refuse, type Outcome } from "#kernel/outcome.ts";
import { can } from "#modules/people/index.ts";
import { insertAudit } from "#platform/audit.ts";
import { transaction, type Context } from "#platform/context.ts";
import { EVERYBODY, takeOne } from "#platform/limits/index.ts";
import { monthKey } from "#platform/keyring/index.ts";
import { pixelsOf, withoutMetadata } from "#platform/photo.ts";
import { newId } from "#platform/random.ts";
import {
  eraseAfterAdvert,
  isLink,
  keptWords,
  MOST_PICTURE_BYTES,
  MOST_PICTURE_PIXELS,
  MOST_PICTURES,
} from "../rules/reporting.ts";
import { insertScreenshot } from "../store/adverts.ts";
import type { AdvertReport, Filed, ReportRefusal } from "../types.ts";
import { fileAdverts, prepareAdverts } from "./filing.ts";

/**
 * Files a report of an advert, of whoever it is: staff by name, the public without one. Nobody is told whether it was known.
 * The link is kept and never fetched (security T12); a picture is kept without what a camera wrote into it.
 */
export async function reportAdvert(
  ctx: Context,
  typed: AdvertReport,
): Promise<Outcome<Filed, ReportRefusal | { readonly code: "not_allowed" }>> {
  const { actor, now } = ctx;
  const isStaff = actor.kind === "staff";
  if (isStaff && !can(actor, "see_adverts")) return refuse({ code: "not_allowed" });
  const checked = checkReport(typed);
  if (!checked.ok) return checked;
  const report = checked.value;
  // Counted before anything is sealed, so that a flood costs next to nothing, and known and new alike, so that neither shows.
  if (!isStaff && !(await takeOne(ctx, "public_reports", EVERYBODY)).ok) return refuse({ code: "too_many_reports" });
  const by = isStaff ? (actor.staffId as StaffId) : null;
  const [advert] = await prepareAdverts(ctx, [report], { source: isStaff ? "staff" : "public", by });
  const pictureId = newId<string>();
  const [picture] = report.screenshot
    ? await ctx.keyring.seal([
        {
          under: monthKey(eraseAfterAdvert(now).slice(0, 7)),
          field: "adverts.screenshot",
          row: pictureId,
          plain: report.screenshot.toString("base64"),
        },
      ])
    : [];
  return transaction(ctx, isStaff ? "console" : "citizen_writer", async (tx) => {
    const [filed] = await fileAdverts(tx, [advert!]);
    if (picture)
      await insertScreenshot(tx, { id: pictureId, advertId: filed!.id, sealed: picture, filedAt: now }, MOST_PICTURES);
    await insertAudit(tx, [{ ...ctx, at: now, action: "adverts.reported" }]);
    return accept(filed!);
  });
}

/** What can be kept of a report: a link that is none is words, too many words are cut, a picture is cleaned. */
function checkReport(typed: AdvertReport): Outcome<AdvertReport, ReportRefusal> {
  const link = typed.link.trim();
  const words = keptWords(isLink(link) ? typed.words : `${link}\n${typed.words}`);
  const { screenshot } = typed;
  if (link === "" && words === "" && screenshot === undefined) return refuse({ code: "nothing_reported" });
  const plain = { platform: typed.platform, link: isLink(link) ? link : "", words };
  if (screenshot === undefined) return accept(plain);
  if (screenshot.length > MOST_PICTURE_BYTES)
    return refuse({ code: "picture_too_large", mostBytes: MOST_PICTURE_BYTES });
  const clean = withoutMetadata(screenshot);
  const pixels = clean && pixelsOf(clean);
  if (!clean || pixels === undefined || pixels === 0) return refuse({ code: "not_a_picture" });
  if (pixels > MOST_PICTURE_PIXELS) return refuse({ code: "picture_too_large", mostBytes: MOST_PICTURE_BYTES });
  return accept({ ...plain, screenshot: clean });
}
