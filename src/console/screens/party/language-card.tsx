import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { languagesQuery } from "../../api/care.ts";
import type { Languages } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Loading } from "../../parts/loading.tsx";
import { careTexts } from "../../texts/care.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

type CardLanguage = Languages["languages"][number];

/** The card to point at: self-names first and large; where towns differ, which of them. */
export function LanguageCard({ choose, close }: { choose: (code: string) => void; close: () => void }) {
  const t = useTexts(careTexts);
  const shown = useLanguage();
  const { data } = useQuery(languagesQuery);
  const [language, setLanguage] = useState<CardLanguage>();
  const pick = (one: CardLanguage) => (one.variants.length === 0 ? choose(one.code) : setLanguage(one));
  if (language)
    return (
      <Dialog title={t.variantTitle(language[shown])} close={close}>
        <ul className="language-card">
          {language.variants.map((variant) => (
            <li key={variant.code}>
              <button type="button" className="button" onClick={() => choose(`${language.code}_${variant.code}`)}>
                {variant[shown]}
              </button>
            </li>
          ))}
          <li>
            <button type="button" className="button" onClick={() => choose(language.code)}>
              {t.anyVariant}
            </button>
          </li>
        </ul>
        <button type="button" className="button quiet" onClick={() => setLanguage(undefined)}>
          {t.back}
        </button>
      </Dialog>
    );
  return (
    <Dialog title={t.cardTitle} close={close}>
      <p>
        {t.cardHelp} <strong>{t.noChild}</strong>
      </p>
      {data ? (
        <ul className="language-card">
          {data.map((one) => (
            <li key={one.code}>
              <button type="button" className="button" onClick={() => pick(one)}>
                <strong translate="no">{one.autonyms.length === 0 ? one[shown] : one.autonyms.join(" · ")}</strong>
                {one.autonyms.length > 0 && <small>{one[shown]}</small>}
              </button>
              {one.autonyms.length > 0 && <Speak names={one.autonyms} label={t.speak(one[shown])} />}
            </li>
          ))}
        </ul>
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

/**
 * Says a self-name aloud with a Spanish voice of this machine: the spelling follows Spanish closely enough to be known.
 * Without such a voice there is no button; a voice over the network would tell a stranger who stands here.
 */
function Speak({ names, label }: { names: readonly string[]; label: string }) {
  const [voice] = useState(() =>
    typeof speechSynthesis === "undefined"
      ? undefined
      : speechSynthesis.getVoices().find((one) => one.localService && one.lang.startsWith("es")),
  );
  if (!voice) return null;
  const say = () => {
    speechSynthesis.cancel();
    const spoken = new SpeechSynthesisUtterance(names.join(". "));
    spoken.voice = voice;
    spoken.lang = voice.lang;
    speechSynthesis.speak(spoken);
  };
  return (
    <button type="button" className="button quiet square" aria-label={label} onClick={say}>
      <Pictogram name="listen" />
    </button>
  );
}
