import { Button } from "#ui/index.ts";
import type { DemoCard } from "../demo-world/staff.ts";
import { DEV_URLS, devPage } from "./frame.tsx";

export interface StartPage {
  readonly css: string;
  readonly cards: readonly DemoCard[];
  /** A button for each demo login: what it says and whom it signs in. */
  readonly logins: readonly {
    readonly role: string;
    readonly officeId: string | undefined;
    readonly name: string;
    readonly place: string;
  }[];
  readonly internalOrigin: string | undefined;
}

export function startPage({ css, cards, logins, internalOrigin }: StartPage): string {
  return devPage({
    title: "Ventanilla, development",
    css,
    children: (
      <>
        <p>Every person, appointment and message here is invented. This part exists only under npm start.</p>
        <ul>
          <li>
            <a href="/">Citizen site</a>, and <a href="/en">in English</a>
          </li>
          <li>
            <a href="/consola/">Console of the offices</a>
          </li>
          <li>
            <a href={DEV_URLS.outbox}>Outbox</a>: codes, confirmations and reminders as people get them
          </li>
          <li>
            <a href={DEV_URLS.whatsapp}>WhatsApp</a>: a telephone that writes to the consulate
          </li>
          <li>
            <a href={DEV_URLS.phone}>Telephone</a>: a line on which the consulate is called
          </li>
          <li>
            <a href={DEV_URLS.clock}>Clock</a>: move the time to see reminders
          </li>
          <li>
            <a href="/api/v1">API</a> and its <a href="/api/v1/openapi.json">description</a>
          </li>
          {internalOrigin !== undefined && (
            <li>
              Health: <a href={`${internalOrigin}/readyz`}>ready</a>, <a href={`${internalOrigin}/metrics`}>metrics</a>
            </li>
          )}
        </ul>
        <h2>Sign in to the console</h2>
        {logins.map(({ role, officeId, name, place }) => (
          <form key={name} method="post" action={DEV_URLS.signIn}>
            <input type="hidden" name="role" value={role} />
            <input type="hidden" name="name" value={name} />
            {officeId !== undefined && <input type="hidden" name="officeId" value={officeId} />}
            <p>
              <Button tone="secondary">{`${role.replace("_", " ")}, ${place}`}</Button> {name}
            </p>
          </form>
        ))}
        <h2>Paper cards</h2>
        <p>A card stands in for a telephone: its folio and PIN open “Mi cita”. The first one has an appointment.</p>
        <ul>
          {cards.map(({ folio, pin }) => (
            <li key={folio}>
              Folio <code>{folio}</code>, PIN <code>{pin}</code>
            </li>
          ))}
        </ul>
      </>
    ),
  });
}
