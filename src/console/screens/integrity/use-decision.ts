import { useMutation, useQueryClient } from "@tanstack/react-query";
import { deskQuery } from "../../api/integrity.ts";
import { post } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";

interface Decision {
  readonly address: string;
  readonly body: object;
  /** Said when it is done. */
  readonly done: string;
}

/** Sends what was decided and reads the desk again, also when a colleague was faster. */
export function useDecision() {
  const notify = useNotify();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ address, body }: Decision) => post(address, body),
    onSuccess: (_answer, { done }) => notify.done(done),
    onError: notify.refused,
    onSettled: () => client.invalidateQueries({ queryKey: deskQuery.queryKey }),
  });
}
