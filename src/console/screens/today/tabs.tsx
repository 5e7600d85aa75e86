import { TABS, type PartyState, type Tab } from "../../rules/party-states.ts";
import { StateSign } from "../../parts/state-sign.tsx";
import { todayTexts } from "../../texts/today.ts";
import { useTexts } from "../../texts/texts.ts";

/** The sign that stands for each tab. */
const SIGNS: Readonly<Record<Tab, PartyState>> = {
  expected: "expected",
  waiting: "waiting",
  at_counter: "serving",
  done: "done",
  no_show: "no_show",
};

export function Tabs({
  chosen,
  counts,
  choose,
}: {
  chosen: Tab | undefined;
  counts: Readonly<Record<Tab, number>>;
  choose: (tab: Tab) => void;
}) {
  const t = useTexts(todayTexts);
  return (
    <div className="tabs" role="group" aria-label={t.tabsLabel}>
      {TABS.map((tab) => (
        <button key={tab} type="button" className="tab" aria-pressed={tab === chosen} onClick={() => choose(tab)}>
          <StateSign state={SIGNS[tab]} />
          <span className="tab-name">{t.tabs[tab]}</span>
          <strong className="tab-count">{counts[tab]}</strong>
        </button>
      ))}
    </div>
  );
}
