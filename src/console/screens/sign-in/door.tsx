import type { ReactNode } from "react";
import { shellTexts } from "../../texts/shell.ts";
import { setLanguage, useLanguage, useTexts } from "../../texts/texts.ts";
import { Mark } from "#ui/mark.tsx";

/** The page before the screens: one sheet in the middle, nothing of the office on it. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const t = useTexts(shellTexts);
  const language = useLanguage();
  const other = language === "es" ? "en" : "es";
  return (
    <div className="door">
      <main className="door-sheet" id="content">
        <div className="door-head">
          <Mark />
          <span>{t.product}</span>
          <button
            type="button"
            className="button quiet small"
            lang={other === "es" ? "es-MX" : "en"}
            onClick={() => setLanguage(other)}
          >
            {t.otherLanguage}
          </button>
        </div>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
