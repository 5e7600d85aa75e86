import { useRef } from "react";
import { useShortcuts } from "../../parts/use-shortcuts.ts";
import { helpTexts } from "../../texts/help.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** Each evening's paper, by one key: the list of the next day on which somebody is expected. */
export function NextSheet() {
  const { does } = useTexts(helpTexts);
  const language = useLanguage();
  const link = useRef<HTMLAnchorElement>(null);
  useShortcuts({ print_sheet: () => link.current!.click() });
  return (
    <a
      ref={link}
      className="button square"
      href={api.sheetPdf("next", language)}
      target="_blank"
      rel="noopener"
      aria-label={does.print_sheet}
      title={`${does.print_sheet} (I)`}
    >
      <svg className="pic" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M7 9V4h10v5M7 17H4.5v-6A1.5 1.5 0 0 1 6 9.5h12a1.5 1.5 0 0 1 1.5 1.5v6H17M7 14h10v6H7z" />
      </svg>
    </a>
  );
}
