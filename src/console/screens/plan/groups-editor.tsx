import { useQuery } from "@tanstack/react-query";
import { planWeekQuery } from "../../api/plan.ts";
import { mondayOf } from "../../rules/plan-calendar.ts";
import { blankLayout, layoutDraft, nextGroup, type LayoutDraft } from "../../rules/plan-layout.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { useTexts } from "../../texts/texts.ts";
import { LayoutFields } from "./layout-fields.tsx";

interface Props {
  readonly value: readonly LayoutDraft[];
  readonly change: (value: readonly LayoutDraft[]) => void;
  /** Today at the office, whose weekly hours a new group begins with. */
  readonly today: string;
}

/** The groups that open on a day; a further one begins with the hours that it has in the weeks. */
export function GroupsEditor({ value, change, today }: Props) {
  const t = useTexts(planFormTexts);
  const { data } = useQuery(planWeekQuery(mondayOf(today)));
  const next = nextGroup(value);
  const add = () => {
    if (next === undefined) return;
    const key = crypto.randomUUID();
    const usual = data?.templates.find(({ serviceGroup }) => serviceGroup === next);
    change([...value, usual ? layoutDraft(key, usual) : blankLayout(key, next)]);
  };
  return (
    <section className="plan-part" aria-labelledby="plan-groups-title">
      <h2 id="plan-groups-title">{t.groups}</h2>
      {value.map((draft) => (
        <LayoutFields
          key={draft.key}
          draft={draft}
          change={(changed) => change(value.map((one) => (one.key === draft.key ? changed : one)))}
          remove={value.length > 1 ? () => change(value.filter((one) => one.key !== draft.key)) : undefined}
        />
      ))}
      {next !== undefined && (
        <button type="button" className="button small" onClick={add}>
          {t.addGroup}
        </button>
      )}
    </section>
  );
}
