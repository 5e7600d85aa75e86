import { getChance, getWaits, waitAt, type Chance, type DrawAhead, type Wait } from "#modules/allocation/index.ts";
import { TenFigures } from "#ui/index.ts";
import type { Office } from "#modules/offices/index.ts";
import type { Language } from "../texts/texts.ts";
import { requestTexts } from "../texts/request.ts";
import type { Arrival } from "../visit/visit.tsx";
import { waitInWords } from "./waits.ts";

/** What past draws tell of a party like one. */
export interface PastDraws {
  readonly chance: Chance | undefined;
  /** Until when at most; null while nobody knows. */
  readonly wait: Wait | null;
}

/** What past draws tell of a party like this one; a chance only while a draw is announced. */
export async function chanceAt(
  { web }: Pick<Arrival, "web">,
  draw: DrawAhead | undefined,
  household: { readonly office: Office; readonly groups: readonly string[]; readonly persons: number },
): Promise<PastDraws> {
  const { office, groups, persons } = household;
  const wait = waitAt(await getWaits(web.services), office.id, groups);
  if (draw?.id === undefined) return { chance: undefined, wait };
  const opened = { id: draw.id, opensAt: draw.first.opensAt };
  return { chance: await getChance(web.services, opened, { office: office.id, groups, persons }), wait };
}

/** A chance as people, ten little figures with a sentence, and the weeks (people.md 10), from past draws alone (hardening 21). */
export function ChanceInWords({
  language,
  chance: { chance, wait },
  office,
}: {
  language: Language;
  chance: PastDraws;
  office: Office;
}) {
  const t = requestTexts(language);
  return (
    <section aria-labelledby="chance-title">
      <h2 id="chance-title">{t("chanceTitle")}</h2>
      {chance === undefined && wait === null && <p>{t("chanceNone")}</p>}
      {chance && (
        <>
          <TenFigures filled={chance.inTen} />
          <p>
            {chance.nobody
              ? t("chanceNobody")
              : t(`chance_${chance.like}`, {
                  city: office.shortName[language],
                  count: t("chanceCount", { n: chance.inTen }),
                })}
          </p>
        </>
      )}
      <p>{waitInWords(wait, office, language)}</p>
      {(chance ?? wait) && <p className="hint">{t("chanceFrom")}</p>}
    </section>
  );
}
