import { Pictogram } from "./pictogram.tsx";

export interface ReadAloudProps {
  /** Begins to read the page. */
  listen: string;
  /** Halts between two sentences, and goes on from there. */
  pause: string;
  resume: string;
  /** Ends it; the next time it begins from the start. */
  stop: string;
}

/**
 * Reads the page's question and its choices aloud, when somebody asks for it. `src/client/read-aloud.ts` shows it where
 * the device has a voice for the page's language; without script or voice it is not there. Nothing of it is a live
 * region: a screen reader has read the page already.
 */
export function ReadAloud({ listen, pause, resume, stop }: ReadAloudProps) {
  return (
    <div className="aloud no-print" data-aloud data-listen={listen} data-pause={pause} data-resume={resume} hidden>
      <button type="button" className="btn btn-secondary">
        <Pictogram name="listen" />
        <span>{listen}</span>
      </button>
      <button type="button" className="btn btn-secondary" hidden>
        {stop}
      </button>
    </div>
  );
}
