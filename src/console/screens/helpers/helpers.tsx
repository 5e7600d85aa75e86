import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { helpersQuery, type HelperLine } from "../../api/helpers.ts";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { helperTexts } from "../../texts/helpers.ts";
import { useTexts } from "../../texts/texts.ts";
import { OpenedHelperDialog } from "./opened.tsx";
import "../../styles/adverts.css";

/** Who helps people to ask for an appointment, and who wants to. */
export function HelpersScreen() {
  const t = useTexts(helperTexts);
  const { data, error, refetch } = useQuery(helpersQuery);
  const [openId, setOpenId] = useState<string>();
  return (
    <div className="page adverts">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      {error && !data ? (
        <Failed error={error} again={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.helpers.length === 0 ? (
        <Blank title={t.none} help={t.noneHelp} />
      ) : (
        <ul className="advert-list">
          {data.helpers.map((one) => (
            <Line key={one.id} one={one} open={() => setOpenId(one.id)} />
          ))}
        </ul>
      )}
      {openId !== undefined && <OpenedHelperDialog key={openId} id={openId} close={() => setOpenId(undefined)} />}
    </div>
  );
}

function Line({ one, open }: { one: HelperLine; open: () => void }) {
  const t = useTexts(helperTexts);
  const name = one.name === "" ? t.gone : one.name;
  return (
    <li className="advert">
      <div>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span className={one.state === "asked" ? "tag warn" : "tag"}>{t.states[one.state]}</span>
        <span className="soft">{t.kinds[one.kind]}</span>
        <span className="soft">{t.aWeek(one.peopleAWeek)}</span>
      </div>
      <bdi className="advert-excerpt">{one.place}</bdi>
      <button type="button" className="button" aria-label={t.openFor(name)} onClick={open}>
        {t.open}
      </button>
    </li>
  );
}
