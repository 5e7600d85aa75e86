import { useCallback } from "react";
import { useLocation, useNavigate } from "react-router";
import { pages } from "../../urls.ts";

interface Opened {
  readonly open?: string;
}

/** Which party is open stands in the history's state: "back" closes it, and no address names it. */
export function useOpenParty() {
  const navigate = useNavigate();
  const opened = (useLocation().state as Opened | null)?.open;
  const open = useCallback(
    (bookingId: string) =>
      void navigate(pages.today, { state: { open: bookingId } satisfies Opened, replace: opened !== undefined }),
    [navigate, opened],
  );
  const close = useCallback(() => void navigate(-1), [navigate]);
  return { opened, open, close };
}
