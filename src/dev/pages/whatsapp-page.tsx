import type { Bubble } from "../whatsapp.ts";
import { devPage, DEV_URLS } from "./frame.tsx";

/** Choices that the app draws as buttons below a message; more are a list that a button opens (Cloud API). */
const MOST_BUTTONS = 3;

interface Chat {
  readonly css: string;
  readonly number: string;
  readonly chat: readonly Bubble[];
}

/** A chat as the app shows it, without a script: bubbles with their hour and ticks, buttons, a list, and the line to type on. */
export function chatPage({ css, number, chat }: Chat): string {
  return devPage({
    title: "WhatsApp",
    css,
    children: (
      <>
        <form method="get" action={DEV_URLS.whatsapp} className="dev-number">
          <label htmlFor="de">Telephone</label>
          <input id="de" name="de" defaultValue={number} inputMode="tel" />
          <button>Change</button>
        </form>
        <section className="dev-app" aria-label="Chat" lang="es">
          <div className="dev-app-bar">
            <span aria-hidden="true">V</span>
            <p>
              Ventanilla <small>Cuenta de empresa · {number}</small>
            </p>
          </div>
          <ol>
            {chat.length === 0 && <li className="dev-day">Escriba Hola</li>}
            {chat.map((bubble, i) => (
              <Message
                key={i}
                bubble={bubble}
                number={number}
                turns={chat[i - 1]?.from !== bubble.from}
                // What came after it answered it: the telephone has read it, and its choices are of then.
                last={i === chat.length - 1}
              />
            ))}
          </ol>
          <form id="fin" method="post" action={DEV_URLS.whatsapp} className="dev-type">
            <input type="hidden" name="de" value={number} />
            <input name="texto" aria-label="Mensaje" placeholder="Mensaje" autoComplete="off" />
            <button aria-label="Enviar">➤</button>
            <button name="voz" value="1" aria-label="Nota de voz">
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M12 14a3 3 0 0 0 3-3V5a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3zm5-3a5 5 0 0 1-10 0H5a7 7 0 0 0 6 6.9V21h2v-3.1a7 7 0 0 0 6-6.9z" />
              </svg>
            </button>
          </form>
        </section>
      </>
    ),
  });
}

function Message(props: { bubble: Bubble; number: string; turns: boolean; last: boolean }) {
  const { bubble, number, turns, last } = props;
  const { from, text, at, choices } = bubble;
  return (
    <li className={turns ? `${from} turn` : from}>
      <div className="dev-bubble">
        <p>{text}</p>
        <footer>
          <time dateTime={at.toISOString()}>{at.toISOString().slice(11, 16)}</time>
          {from === "person" && (
            <span className="ticks" role="img" aria-label={last ? "Enviado" : "Leído"}>
              {last ? "✓" : "✓✓"}
            </span>
          )}
        </footer>
      </div>
      {choices.length > 0 && (last ? <Choices choices={choices} number={number} /> : <Answered choices={choices} />)}
    </li>
  );
}

function Choices({ choices, number }: { choices: Bubble["choices"]; number: string }) {
  const rows = (className: string) => (
    <form method="post" action={DEV_URLS.whatsapp}>
      <input type="hidden" name="de" value={number} />
      {choices.map(({ id, title, description }) => (
        <button key={id} name="id" value={id} className={className}>
          {title}
          {description !== undefined && <small>{description}</small>}
        </button>
      ))}
    </form>
  );
  if (choices.length <= MOST_BUTTONS) return rows("dev-button");
  return (
    <details className="dev-list">
      <summary>Elegir</summary>
      <div>{rows("dev-row")}</div>
    </details>
  );
}

/** The button of a list that was answered already. */
function Answered({ choices }: { choices: Bubble["choices"] }) {
  const shown = choices.length <= MOST_BUTTONS ? choices.map(({ title }) => title).join(" · ") : "☰ Elegir";
  return <p className="dev-button dev-old">{shown}</p>;
}
