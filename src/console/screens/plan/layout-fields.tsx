import type { ReactNode } from "react";
import { Cross } from "../../parts/dialog.tsx";
import { hasExtras, SERVICE_GROUPS, type LayoutDraft } from "../../rules/plan-layout.ts";
import { planFormTexts } from "../../texts/plan-forms.ts";
import { shellTexts } from "../../texts/shell.ts";
import { useTexts } from "../../texts/texts.ts";
import { LayoutExtras } from "./layout-extras.tsx";
import { NumberBox } from "./number-box.tsx";

interface Props {
  readonly draft: LayoutDraft;
  readonly change: (draft: LayoutDraft) => void;
  /** A group that is there already keeps being that one. */
  readonly isFixed?: boolean;
  readonly remove?: (() => void) | undefined;
}

/** How one group opens: hours, counters, minutes; what is rarer is folded away. */
export function LayoutFields({ draft, change, isFixed = false, remove }: Props) {
  const t = useTexts(planFormTexts);
  const { groups } = useTexts(shellTexts);
  const set = (some: Partial<LayoutDraft>) => change({ ...draft, ...some });
  const time = (name: "opens" | "closes") => (
    <label>
      {t[name]}
      <input type="time" required value={draft[name]} onChange={(event) => set({ [name]: event.target.value })} />
    </label>
  );
  return (
    <fieldset className="plan-group">
      <legend className="hidden">{groups[draft.serviceGroup]}</legend>
      <div className="plan-group-head">
        <label>
          {t.group}
          <select
            value={draft.serviceGroup}
            disabled={isFixed}
            onChange={(event) => set({ serviceGroup: event.target.value as LayoutDraft["serviceGroup"] })}
          >
            {SERVICE_GROUPS.map((group) => (
              <option key={group} value={group}>
                {groups[group]}
              </option>
            ))}
          </select>
        </label>
        {remove && (
          <button
            type="button"
            className="button quiet square"
            aria-label={t.removeGroup(groups[draft.serviceGroup])}
            onClick={remove}
          >
            <Cross />
          </button>
        )}
      </div>
      <Four>
        {time("opens")}
        {time("closes")}
        <NumberBox
          label={t.counters}
          min={1}
          max={60}
          required
          value={draft.counters}
          change={(counters) => set({ counters })}
        />
        <NumberBox
          label={t.step}
          min={5}
          max={120}
          required
          value={draft.stepMinutes}
          change={(stepMinutes) => set({ stepMinutes })}
        />
      </Four>
      <details className="cut-part" open={hasExtras(draft) || undefined}>
        <summary>{t.more}</summary>
        <LayoutExtras draft={draft} set={set} />
      </details>
    </fieldset>
  );
}

export function Four({ children }: { children: ReactNode }) {
  return <div className="plan-four">{children}</div>;
}
