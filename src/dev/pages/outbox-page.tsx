import type { ReactNode } from "react";
import type { KeptMessage } from "../outbox.ts";
import { DEV_URLS, devPage } from "./frame.tsx";

const CHANNEL_NAMES: Readonly<Record<KeptMessage["channel"], string>> = {
  email: "E-mail",
  sms: "Text message",
  voice: "Call, spoken",
};
const REFRESH_SECONDS = 4;

export function outboxPage({
  css,
  messages,
  to,
  paused,
}: {
  css: string;
  messages: readonly KeptMessage[];
  to: string | undefined;
  paused: boolean;
}): string {
  const here = (query: Record<string, string>) =>
    `${DEV_URLS.outbox}?${new URLSearchParams({ ...(to === undefined ? {} : { to }), ...query }).toString()}`;
  return devPage({
    title: "Outbox",
    css,
    refreshSeconds: paused ? undefined : REFRESH_SECONDS,
    children: (
      <>
        <p>Messages that would have left, newest first. Nothing leaves this machine.</p>
        <p>
          {paused ? <a href={here({})}>Keep this page fresh</a> : <a href={here({ paused: "1" })}>Stop refreshing</a>}
          {to !== undefined && (
            <>
              {" · "}
              Only {to}: <a href={DEV_URLS.outbox}>show all</a>
            </>
          )}
        </p>
        {messages.length === 0 && <p>Nothing yet. Ask for a code on the citizen site, or book something.</p>}
        {messages.map((message) => (
          <Phone key={message.id} message={message} />
        ))}
      </>
    ),
  });
}

function Phone({ message: { id, to, channel, at, subject, text, html, language } }: { message: KeptMessage }) {
  return (
    <article className="dev-phone">
      <header>
        <span>
          {CHANNEL_NAMES[channel]} to <a href={`${DEV_URLS.outbox}?${new URLSearchParams({ to }).toString()}`}>{to}</a>
        </span>
        <time dateTime={at.toISOString()}>{at.toISOString().slice(0, 19).replace("T", " ")} UTC</time>
      </header>
      {subject !== undefined && <h2 lang={language}>{subject}</h2>}
      <p lang={language}>{withLinks(text)}</p>
      {html !== undefined && <a href={`${DEV_URLS.outbox}/${id}`}>As an e-mail program shows it</a>}
    </article>
  );
}

function withLinks(text: string): ReactNode[] {
  return text.split(/(https?:\/\/\S+)/).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      <a key={i} href={part}>
        {part}
      </a>
    ),
  );
}
