import type { Heard } from "../phone.ts";
import { devPage, DEV_URLS } from "./frame.tsx";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

interface Line {
  readonly css: string;
  readonly number: string;
  /** Undefined while nobody is on the line. */
  readonly heard: readonly Heard[] | undefined;
}

/** A call without a script: what was heard, the keys, and a line for what is said. */
export function phonePage({ css, number, heard }: Line): string {
  return devPage({
    title: "Telephone",
    css,
    children: (
      <>
        <form method="get" action={DEV_URLS.phone} className="dev-number">
          <label htmlFor="de">Telephone</label>
          <input id="de" name="de" defaultValue={number} inputMode="tel" />
          <button>Change</button>
        </form>
        <section className="dev-app" aria-label="Call" lang="es">
          <div className="dev-app-bar">
            <span aria-hidden="true">V</span>
            <p>
              Ventanilla <small>{heard ? `En línea · ${number}` : "Sin llamada"}</small>
            </p>
          </div>
          <ol>
            {!heard && <li className="dev-day">Marque para hablar con el consulado</li>}
            {heard?.map(({ from, text, language }, i) => (
              <li key={i} className={from === "person" ? "person turn" : "turn"} lang={language}>
                <div className="dev-bubble">
                  <p>{text}</p>
                </div>
              </li>
            ))}
          </ol>
          <form id="fin" method="post" action={DEV_URLS.phone} className="dev-keys">
            <input type="hidden" name="de" value={number} />
            {heard ? (
              <>
                {KEYS.map((key) => (
                  <button key={key} name="tecla" value={key}>
                    {key}
                  </button>
                ))}
                <button name="colgar" value="1" className="dev-end">
                  Colgar
                </button>
              </>
            ) : (
              <button className="dev-end">Llamar</button>
            )}
          </form>
          {heard && (
            <form method="post" action={DEV_URLS.phone} className="dev-type">
              <input type="hidden" name="de" value={number} />
              <input name="voz" aria-label="Lo que dice" placeholder="Lo que dice" autoComplete="off" />
              <button aria-label="Decir">➤</button>
            </form>
          )}
          {heard && (
            <form method="post" action={DEV_URLS.phone} className="dev-type">
              <input type="hidden" name="de" value={number} />
              <input
                name="tecla"
                aria-label="Varios dígitos"
                placeholder="Varios dígitos y #"
                inputMode="numeric"
                autoComplete="off"
              />
              <button aria-label="Marcar">#</button>
            </form>
          )}
        </section>
      </>
    ),
  });
}
