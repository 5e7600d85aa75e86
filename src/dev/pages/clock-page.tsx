import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { Button } from "#ui/index.ts";
import { DEV_URLS, devPage } from "./frame.tsx";

/** What the buttons move by, in hours. */
const MOVES = [
  [1, "1 hour"],
  [6, "6 hours"],
  [24, "1 day"],
  [24 * 6, "6 days"],
  [24 * 7, "1 week"],
] as const;

export function clockPage({ css, now, aheadMs }: { css: string; now: Date; aheadMs: number }): string {
  const days = Math.floor(aheadMs / DAY_MS);
  const hours = Math.round((aheadMs % DAY_MS) / HOUR_MS);
  return devPage({
    title: "Clock",
    css,
    children: (
      <>
        <p>
          It is <strong>{now.toISOString().slice(0, 16).replace("T", " ")} UTC</strong> here
          {aheadMs === 0 ? ", the time of this computer." : `, ${days} days and ${hours} hours ahead of this computer.`}
        </p>
        <p>
          Whatever falls due on the way is done at once: reminders (7 days and 1 day before a visit) arrive in the
          outbox. Holds and sign-ins end.
        </p>
        <form method="post" action={DEV_URLS.clock} className="dev-moves">
          {MOVES.map(([amount, name]) => (
            <Button key={amount} name="hours" value={String(amount)}>
              {name} later
            </Button>
          ))}
          <Button tone="secondary" name="hours" value="0">
            Back to now
          </Button>
        </form>
      </>
    ),
  });
}
