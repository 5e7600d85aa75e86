import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ADVERTS, openedAdvertQuery, type OpenedAdvert } from "../../api/adverts.ts";
import { post } from "../../api/request.ts";
import { useNotify } from "../../parts/notices.tsx";

/** A step on an advert: what it answers is how the advert stands now. */
export function useAdvertStep(id: string) {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ url, body }: { readonly url: string; readonly body: object; readonly done: string }) =>
      post<OpenedAdvert>(url, body),
    onSuccess: (opened, { done }) => {
      client.setQueryData(openedAdvertQuery(id).queryKey, opened);
      notify.done(done);
      void client.invalidateQueries({ queryKey: [...ADVERTS, "list"] });
    },
    onError: (error) => {
      notify.refused(error);
      void client.invalidateQueries({ queryKey: ADVERTS });
    },
  });
}
