import { useQuery } from "@tanstack/react-query";
import { resourcesQuery } from "../../api/plan.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { planMeansTexts } from "../../texts/plan-means.ts";
import { useTexts } from "../../texts/texts.ts";

interface Props {
  readonly value: readonly string[];
  readonly change: (value: readonly string[]) => void;
  readonly today: string;
  /** Days on which they would be needed; empty while none is chosen. */
  readonly days: readonly string[];
}

/** Crews and kits, each with the town where it is on one of those days. */
export function MeansChoice({ value, change, today, days }: Props) {
  const t = useTexts(planFormTexts);
  const { kinds } = useTexts(planMeansTexts);
  const { data = [] } = useQuery(resourcesQuery(today));
  return (
    <fieldset className="plan-part">
      <legend>{t.means}</legend>
      <p className="soft">{data.length === 0 ? t.meansNone : t.meansHelp}</p>
      <div className="plan-means">
        {data.map(({ id, kind, name, days: busy }) => {
          const elsewhere = busy.find(({ localDate }) => days.includes(localDate));
          return (
            <label key={id} className="check">
              <input
                type="checkbox"
                checked={value.includes(id)}
                onChange={(event) => change(event.target.checked ? [...value, id] : value.filter((one) => one !== id))}
              />
              <span>
                {kinds[kind]}: {name}
                {days.length > 0 && (
                  <small className={elsewhere ? "field-problem" : undefined}>
                    {elsewhere ? t.elsewhere(elsewhere.town) : t.free}
                  </small>
                )}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
