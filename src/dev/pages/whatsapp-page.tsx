import type { Bubble } from "../whatsapp.ts";
import { devPage, DEV_URLS } from "./frame.tsx";

/** A chat as a telephone shows it: choices are buttons below the last message. */
export function chatPage({ css, number, chat }: { css: string; number: string; chat: readonly Bubble[] }): string {
  const last = chat.at(-1);
  return devPage({
    title: "WhatsApp",
    css,
    children: (
      <section className="dev-chat" aria-label="Chat">
        <p>
          A telephone with the number <strong>{number}</strong>. Start with “Hola”.
        </p>
        <form method="get" action={DEV_URLS.whatsapp} className="dev-send">
          <label htmlFor="de">Another number</label>
          <input id="de" name="de" defaultValue={number} inputMode="tel" />
          <button>Change</button>
        </form>
        <ol lang="es">
          {chat.map(({ from, text, at }, i) => (
            <li key={i} className={from}>
              <p>{text}</p>
              <time dateTime={at.toISOString()}>{at.toISOString().slice(11, 16)}</time>
            </li>
          ))}
        </ol>
        {last?.choices.map(({ id, title, description }) => (
          <form key={id} method="post" action={DEV_URLS.whatsapp} lang="es">
            <input type="hidden" name="de" value={number} />
            <button name="id" value={id} className="dev-choice">
              {title}
              {description !== undefined && <small>{description}</small>}
            </button>
          </form>
        ))}
        <form id="fin" method="post" action={DEV_URLS.whatsapp} className="dev-send">
          <input type="hidden" name="de" value={number} />
          <label htmlFor="texto">Message</label>
          <input id="texto" name="texto" autoComplete="off" lang="es" />
          <button>Send</button>
          <button name="voz" value="1">
            Voice note
          </button>
        </form>
      </section>
    ),
  });
}
