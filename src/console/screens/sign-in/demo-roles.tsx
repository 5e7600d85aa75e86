import { useMutation, useQuery } from "@tanstack/react-query";
import { demoRolesQuery } from "../../api/queries.ts";
import { get, post } from "../../api/request.ts";
import type { Role, Session } from "../../api/types.ts";
import { shellTexts } from "../../texts/shell.ts";
import { signInTexts } from "../../texts/sign-in.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

/** What the development server offers; everywhere else the address does not exist and nothing is shown. */
interface DemoRolesAnswer {
  readonly roles: readonly DemoRole[];
}

interface DemoRole {
  readonly role: Role;
  readonly name: string;
  readonly office: string;
  readonly officeId: string | null;
}

export function DemoRoles({ enter }: { enter: (session: Session) => void }) {
  const t = useTexts(signInTexts);
  const shell = useTexts(shellTexts);
  const data = useQuery(demoRolesQuery).data as DemoRolesAnswer | undefined;
  const signIn = useMutation({
    mutationFn: async ({ role, name, officeId }: DemoRole) => {
      await post(api.devSignIn, { role, name, ...(officeId === null ? {} : { officeId }) });
      return get<Session>(api.session);
    },
    onSuccess: enter,
  });
  if (!data) return null;
  return (
    <section className="demo">
      <h2>{t.demoTitle}</h2>
      <p className="soft">{t.demoLead}</p>
      <div className="demo-roles">
        {data.roles.map((one) => (
          <button
            key={one.name}
            type="button"
            className="button"
            disabled={signIn.isPending}
            onClick={() => signIn.mutate(one)}
          >
            <strong>{shell.roles[one.role]}</strong>
            <span>
              {one.name} · {one.office}
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}
