import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { officesQuery, staffQuery, useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import type { Enrolment, StaffMember } from "../../api/types.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { Blank, Failed, Loading } from "../../parts/loading.tsx";
import { useNotify } from "../../parts/notices.tsx";
import { fold } from "../../rules/filter.ts";
import { shellTexts } from "../../texts/shell.ts";
import { staffTexts } from "../../texts/staff.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { api } from "../../urls.ts";
import { AddStaff } from "./add-staff.tsx";
import { EnrolmentDialog } from "./enrolment-dialog.tsx";
import "../../styles/staff.css";

type Asked = { readonly remove: StaffMember } | { readonly link: StaffMember; readonly enrolment: Enrolment };

export function StaffScreen() {
  const t = useTexts(staffTexts);
  const shell = useTexts(shellTexts);
  const language = useLanguage();
  const notify = useNotify();
  const client = useQueryClient();
  const me = useSession().staff.id;
  const { data, error, refetch } = useQuery(staffQuery);
  const { data: offices } = useQuery(officesQuery);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState<Asked>();
  const readAgain = () => client.invalidateQueries({ queryKey: staffQuery.queryKey });

  const enrol = useMutation({
    mutationFn: (member: StaffMember) => post<Enrolment>(api.enrolment(member.id)),
    onSuccess: (enrolment, link) => setAsked({ link, enrolment }),
    onError: notify.refused,
  });
  const remove = useMutation({
    mutationFn: (member: StaffMember) => post(api.deactivate(member.id)),
    onSuccess: async (_, member) => {
      setAsked(undefined);
      notify.done(t.removed(member.name));
      await readAgain();
    },
    onError: notify.refused,
  });

  const officeName = (id: string | null) =>
    id === null ? shell.network : (offices?.find((office) => office.id === id)?.name[language] ?? id);
  const wanted = fold(typed);
  const staff = data?.staff.filter((member) => fold(`${member.name} ${officeName(member.officeId)}`).includes(wanted));

  return (
    <div className="page">
      <h1>{t.title}</h1>
      <p className="lead">{t.lead}</p>
      <AddStaff
        added={(member) => {
          notify.done(t.added(member.name));
          void readAgain();
          enrol.mutate(member);
        }}
      />
      {error && <Failed error={error} again={() => void refetch()} />}
      {!staff && !error && <Loading />}
      {staff && (
        <>
          <label className="staff-filter">
            {t.filter}
            <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" />
          </label>
          {staff.length === 0 ? (
            <Blank title={t.nobody} />
          ) : (
            <table className="staff-table">
              <thead>
                <tr>
                  <th scope="col">{t.columns.name}</th>
                  <th scope="col">{t.columns.role}</th>
                  <th scope="col">{t.columns.office}</th>
                  <th scope="col">{t.columns.actions}</th>
                </tr>
              </thead>
              <tbody>
                {staff.map((member) => (
                  <tr key={member.id}>
                    <th scope="row">
                      {member.name} {member.id === me && <span className="soft">({t.you})</span>}
                    </th>
                    <td>{shell.roles[member.role]}</td>
                    <td>{officeName(member.officeId)}</td>
                    <td className="staff-actions">
                      {/* Never disabled: it would lose the focus that the dialog gives back. */}
                      <button
                        type="button"
                        className="button small"
                        aria-disabled={enrol.isPending}
                        onClick={() => enrol.isPending || enrol.mutate(member)}
                        aria-label={t.linkFor(member.name)}
                      >
                        {t.link}
                      </button>
                      {member.id !== me && (
                        <button
                          type="button"
                          className="button small quiet"
                          onClick={() => setAsked({ remove: member })}
                          aria-label={t.removeFor(member.name)}
                        >
                          {t.remove}
                        </button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
      {asked && "link" in asked && (
        <EnrolmentDialog member={asked.link} enrolment={asked.enrolment} close={() => setAsked(undefined)} />
      )}
      {asked && "remove" in asked && (
        <Dialog title={t.remove} close={() => setAsked(undefined)}>
          <p>{t.removeSure(asked.remove.name)}</p>
          <div className="step-buttons">
            <button
              type="button"
              className="button danger"
              disabled={remove.isPending}
              onClick={() => remove.mutate(asked.remove)}
            >
              {t.removeYes}
            </button>
            <button type="button" className="button" onClick={() => setAsked(undefined)}>
              {t.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
