import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { advertsQuery, type AdvertFilter, type AdvertLine } from "../../api/adverts.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { advertTexts } from "../../texts/adverts.ts";
import { useTexts } from "../../texts/texts.ts";
import { Months } from "./months.tsx";
import { ImportForm, ReportForm } from "./new-adverts.tsx";
import { OpenedAdvertDialog } from "./opened.tsx";
import "../../styles/adverts.css";

/** Who sells appointments: what was told, what matched, what the platforms did, and how it goes month by month. */
export function AdvertsScreen() {
  const t = useTexts(advertTexts);
  const [filter, setFilter] = useState<AdvertFilter>({ state: "", platform: "", takedown: "" });
  const { data, error, refetch } = useQuery(advertsQuery(filter));
  const [openId, setOpenId] = useState<string>();
  return (
    <div className="page adverts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <div className="advert-filters" role="group" aria-label={t.filters}>
        <Filter label={t.state} words={t.states} change={(state) => setFilter({ ...filter, state })} />
        <Filter label={t.platform} words={t.platforms} change={(platform) => setFilter({ ...filter, platform })} />
        <Filter label={t.takedown} words={t.takedowns} change={(takedown) => setFilter({ ...filter, takedown })} />
      </div>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.adverts.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <ul className="advert-list">
          {data.adverts.map((one) => (
            <Line key={one.id} one={one} open={() => setOpenId(one.id)} />
          ))}
        </ul>
      )}
      <Months />
      <ReportForm />
      <ImportForm />
      {openId !== undefined && <OpenedAdvertDialog key={openId} id={openId} close={() => setOpenId(undefined)} />}
    </div>
  );
}

interface FilterProps<Value extends string> {
  readonly label: string;
  readonly words: Readonly<Record<Value, string>>;
  readonly change: (value: Value | "") => void;
}

function Filter<Value extends string>({ label, words, change }: FilterProps<Value>) {
  const t = useTexts(advertTexts);
  return (
    <label>
      {label}
      <select onChange={({ target }) => change(target.value as Value | "")}>
        <option value="">{t.all}</option>
        {(Object.entries(words) as [Value, string][]).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Line({ one, open }: { one: AdvertLine; open: () => void }) {
  const t = useTexts(advertTexts);
  const excerpt = one.excerpt === "" ? t.gone : one.excerpt;
  return (
    <li className="advert">
      <div>
        <strong>{t.platforms[one.platform]}</strong>
        <span className="tag">{t.states[one.state]}</span>
        {one.takedown && <span className="tag">{t.takedowns[one.takedown]}</span>}
        <span className="soft">{t.sources[one.source]}</span>
        <span className="soft">{t.reports(one.reports)}</span>
        {one.matches > 0 && <span className="tag warn">{t.matches(one.matches)}</span>}
      </div>
      <bdi className="advert-excerpt">{excerpt}</bdi>
      <button type="button" className="button" aria-label={t.openFor(excerpt.slice(0, 40))} onClick={open}>
        {t.open}
      </button>
    </li>
  );
}
