import { Dialog } from "../../parts/dialog.tsx";
import { setLetters, useLetters } from "../../parts/use-shortcuts.ts";
import { SHORTCUTS } from "../../rules/shortcuts.ts";
import { helpTexts } from "../../texts/help.ts";
import { useTexts } from "../../texts/texts.ts";

export function HelpDialog({ close }: { close: () => void }) {
  const t = useTexts(helpTexts);
  const letters = useLetters();
  return (
    <Dialog title={t.title} close={close}>
      <dl className="shortcuts">
        {SHORTCUTS.map(({ shown, does }) => (
          <div key={does}>
            <dt>
              <kbd>{shown}</kbd>
            </dt>
            <dd>{t.does[does]}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{t.does.open}</dd>
        </div>
        <div>
          <dt>
            <kbd>F9</kbd>
          </dt>
          <dd>{t.does.alarm}</dd>
        </div>
      </dl>
      <label className="check">
        <input type="checkbox" checked={letters} onChange={(event) => setLetters(event.target.checked)} />
        <span>
          {t.letters}
          <small>{t.lettersHelp}</small>
        </span>
      </label>
    </Dialog>
  );
}
