import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { post } from "../../api/request.ts";
import type { Role, StaffMember } from "../../api/types.ts";
import { useNotify } from "../../parts/notices.tsx";
import { OfficeSelect } from "../../parts/office-select.tsx";
import { shellTexts } from "../../texts/shell.ts";
import { staffTexts } from "../../texts/staff.ts";
import { useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";

const ROLES: readonly Role[] = ["clerk", "door", "supervisor", "office_head", "hq", "analyst", "agent", "admin"];
const OF_THE_NETWORK: readonly Role[] = ["hq", "analyst", "agent", "admin"];
const LONGEST_NAME = 120;

export function AddStaff({ added }: { added: (member: StaffMember) => void }) {
  const t = useTexts(staffTexts);
  const shell = useTexts(shellTexts);
  const notify = useNotify();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("clerk");
  const [officeId, setOfficeId] = useState("");
  const ofAnOffice = !OF_THE_NETWORK.includes(role);
  const add = useMutation({
    mutationFn: () => post<{ staff: StaffMember }>(api.staff, { name, role, ...(ofAnOffice ? { officeId } : {}) }),
    onSuccess: ({ staff }) => {
      setName("");
      added(staff);
    },
    onError: notify.refused,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate();
  };

  return (
    <details className="add-staff">
      <summary className="button">{t.add}</summary>
      <form onSubmit={submit}>
        <label>
          {t.name}
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={LONGEST_NAME}
            autoComplete="off"
          />
        </label>
        <label>
          {t.role}
          <select value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {ROLES.map((one) => (
              <option key={one} value={one}>
                {shell.roles[one]}
              </option>
            ))}
          </select>
        </label>
        {ofAnOffice && (
          <label>
            {t.office}
            <OfficeSelect value={officeId} change={setOfficeId} required />
          </label>
        )}
        <button type="submit" className="button primary" disabled={add.isPending}>
          {t.save}
        </button>
      </form>
    </details>
  );
}
