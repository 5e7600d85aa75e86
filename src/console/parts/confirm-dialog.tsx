import { Dialog } from "./dialog.tsx";

interface Props {
  /** Of the dialog, and of the button that does it. */
  readonly title: string;
  readonly question: string;
  readonly cancel: string;
  readonly isBusy: boolean;
  readonly confirm: () => void;
  readonly close: () => void;
}

/** Asks once before something is taken back. */
export function ConfirmDialog({ title, question, cancel, isBusy, confirm, close }: Props) {
  return (
    <Dialog title={title} close={close}>
      <p>{question}</p>
      <div className="step-buttons">
        <button type="button" className="button primary" disabled={isBusy} onClick={confirm}>
          {title}
        </button>
        <button type="button" className="button" onClick={close}>
          {cancel}
        </button>
      </div>
    </Dialog>
  );
}
