import { getChance, type Chance, type DrawAhead } from "#modules/allocation/index.ts";
import { TenFigures } from "#ui/index.ts";
import type { Office } from "#modules/offices/index.ts";
import type { Language } from "../texts/texts.ts";
import { requestTexts } from "../texts/request.ts";
import type { Arrival } from "../visit/visit.tsx";

/** What past draws tell of a party like this one, while a draw is announced. */
export async function chanceAt(
  { web }: Pick<Arrival, "web">,
  draw: DrawAhead | undefined,
  household: { readonly office: Office; readonly groups: readonly string[]; readonly persons: number },
): Promise<Chance | undefined> {
  if (draw?.id === undefined) return undefined;
  const { office, groups, persons } = household;
  return getChance(web.services, { id: draw.id, opensAt: draw.first.opensAt }, { office: office.id, groups, persons });
}

/** A chance as people: ten little figures with a sentence (people.md 10), from past draws alone (hardening 21). */
export function ChanceInWords({
  language,
  chance,
  office,
}: {
  language: Language;
  chance: Chance | undefined;
  office: Office;
}) {
  const t = requestTexts(language);
  return (
    <section aria-labelledby="chance-title">
      <h2 id="chance-title">{t("chanceTitle")}</h2>
      {chance === undefined ? (
        <p>{t("chanceNone")}</p>
      ) : (
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
          <p className="hint">{t("chanceFrom")}</p>
        </>
      )}
    </section>
  );
}
