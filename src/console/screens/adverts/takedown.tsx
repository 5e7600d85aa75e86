import { useEffect, useRef } from "react";
import type { OpenedAdvert } from "../../api/adverts.ts";
import { advertTexts } from "../../texts/adverts.ts";
import { useTexts } from "../../texts/texts.ts";
import { advertApi } from "../../urls.ts";
import { useAdvertStep } from "./use-advert-step.ts";

/** What the platform was asked; the steps that may follow are buttons, and the keys 1, 2 and 3. */
export function Takedown({ one, copy }: { one: OpenedAdvert; copy: (text: string) => Promise<void> }) {
  const t = useTexts(advertTexts);
  const step = useAdvertStep(one.id);
  const { takedown } = one;
  const letter = t.letterText(one.link);
  const move = (to: NonNullable<typeof takedown>["state"]) =>
    step.mutate({
      url: advertApi.step(one.id, "takedown/move"),
      body: { version: takedown!.version, to },
      done: t.moved,
    });
  const pressed = useRef<(key: string) => void>(() => undefined);
  pressed.current = (key) => {
    const to = takedown?.next[Number(key) - 1];
    if (to !== undefined && !step.isPending) move(to);
  };
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent) => {
      // A key that is held steps once.
      if (repeat || ctrlKey || metaKey || altKey || (target as Element).matches("input, textarea, select")) return;
      pressed.current(key);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  return (
    <section>
      <h3>{t.letter}</h3>
      {takedown === null ? (
        <button
          type="button"
          className="button"
          disabled={step.isPending}
          onClick={() => step.mutate({ url: advertApi.step(one.id, "takedown"), body: {}, done: t.moved })}
        >
          {t.draft}
        </button>
      ) : (
        <>
          <p>
            <span className="tag">{t.takedowns[takedown.state]}</span>
          </p>
          <p className="advert-text">
            <bdi>{letter}</bdi>
          </p>
          <div className="step-buttons">
            <button type="button" className="button small" onClick={() => void copy(letter)}>
              {t.copyLetter}
            </button>
            {takedown.next.map((to, i) => (
              <button
                key={to}
                type="button"
                className="button"
                aria-keyshortcuts={String(i + 1)}
                disabled={step.isPending}
                onClick={() => move(to)}
              >
                {t.steps[to]}
              </button>
            ))}
          </div>
          {takedown.next.length > 0 && <p className="soft">{t.keys}</p>}
        </>
      )}
    </section>
  );
}
