import { useSession } from "../../api/queries.ts";
import type { Party } from "../../api/types.ts";
import { shortDay } from "../../parts/format.ts";
import { pictureOf, useServiceName } from "../../parts/services.tsx";
import {
  able,
  nextStep,
  otherSteps,
  type DocumentAction,
  type Family,
  type ListedDocument,
} from "../../rules/documents.ts";
import { fullName } from "../../rules/filter.ts";
import { SHORTCUTS } from "../../rules/shortcuts.ts";
import { documentTexts } from "../../texts/documents.ts";
import { issuingTexts } from "../../texts/issuing.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { Pictogram } from "#ui/pictogram.tsx";

export function familyId(bookingId: string): string {
  return `family-${bookingId}`;
}

interface Props {
  readonly family: Family;
  /** Its names, where it is a party of today. */
  readonly party: Party | undefined;
  readonly isCurrent: boolean;
  readonly isBusy: boolean;
  readonly choose: () => void;
  readonly step: (documents: readonly ListedDocument[], action: DocumentAction) => void;
}

/** A family with its papers: the next step for all of them, and what else may be done with one. */
export function FamilyRow({ family: { bookingId, documents }, party, isCurrent, isBusy, choose, step }: Props) {
  const t = useTexts(documentTexts);
  const words = useTexts(issuingTexts);
  const first = documents[0]!;
  const nexts = [...new Set(documents.flatMap(({ state, lacksPaper }) => (lacksPaper ? [] : (nextStep(state) ?? []))))];
  const nameOf = ({ ordinal }: ListedDocument) => {
    const person = party?.people.find((one) => one.ordinal === ordinal);
    return person ? fullName(person) : ordinal === null ? "" : words.person(ordinal);
  };
  return (
    <li
      id={familyId(bookingId)}
      className="family"
      tabIndex={-1}
      data-current={isCurrent || undefined}
      onFocus={choose}
    >
      <header>
        <h2>{party ? nameOf(documents[0]!) : words.folio(first.folioTail)}</h2>
        {party && <span className="soft">{words.folio(first.folioTail)}</span>}
        <span className="family-steps">
          {nexts.map((action) => {
            const own = able(documents, action).filter(({ state }) => nextStep(state) === action);
            return (
              <button
                key={action}
                type="button"
                className="button primary"
                disabled={isBusy}
                onClick={() => step(own, action)}
              >
                {t.stepFor(t.steps[action], own.length)} {isCurrent && <KeyOf action={action} />}
              </button>
            );
          })}
        </span>
      </header>
      <ul>
        {documents.map((one) => (
          <PaperLine key={one.id} document={one} whose={nameOf(one)} isBusy={isBusy} step={step} />
        ))}
      </ul>
    </li>
  );
}

/** The letter that does it; for handing over it is that of Today, where all of a family is issued. */
function KeyOf({ action }: { action: DocumentAction }) {
  const does = action === "deliver" ? "issue_all" : action;
  const key = SHORTCUTS.find((one) => one.does === does);
  return key ? <kbd>{key.shown}</kbd> : null;
}

interface LineProps {
  readonly document: ListedDocument;
  readonly whose: string;
  readonly isBusy: boolean;
  readonly step: Props["step"];
}

function PaperLine({ document, whose, isBusy, step }: LineProps) {
  const t = useTexts(documentTexts);
  const words = useTexts(issuingTexts);
  const language = useLanguage();
  const today = useSession().office!.localDate;
  const nameOf = useServiceName();
  const others = document.lacksPaper ? [] : otherSteps(document.state);
  const state = document.lacksPaper ? "return_on" : document.state;
  const what = `${nameOf(document.service)}${whose === "" ? "" : `, ${whose}`}`;
  return (
    <li className="paper">
      <Pictogram name={pictureOf(document.service)} />
      <span className="paper-what">
        {nameOf(document.service)}
        {whose !== "" && <span className="soft"> · {whose}</span>}
      </span>
      <span className={`doc-state doc-${state}`}>{words.states[state]}</span>
      {document.late && <span className="doc-state doc-late">{t.late}</span>}
      <span className="soft paper-days">
        {document.localDate !== today && `${t.asked(shortDay(document.localDate, language))}. `}
        {document.state === "return_on" && document.returnOn !== null
          ? t.returnOn(shortDay(document.returnOn, language))
          : document.promisedOn !== null && document.promisedOn !== today
            ? t.promised(shortDay(document.promisedOn, language))
            : ""}
      </span>
      {others.length > 0 && (
        <details className="paper-more">
          <summary className="button small" aria-label={`${t.more}: ${what}`}>
            {t.more}
          </summary>
          <div>
            {others.map((action) => (
              <button
                key={action}
                type="button"
                className="button small"
                disabled={isBusy}
                aria-label={t.stepOf(t.steps[action], what)}
                onClick={() => step([document], action)}
              >
                {t.steps[action]}
              </button>
            ))}
          </div>
        </details>
      )}
    </li>
  );
}
