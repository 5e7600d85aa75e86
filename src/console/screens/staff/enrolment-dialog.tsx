import { useSession } from "../../api/queries.ts";
import type { Enrolment, StaffMember } from "../../api/types.ts";
import { copyText } from "../../parts/copy-text.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { clockTime, shortDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { staffTexts } from "../../texts/staff.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";
import { BASE, pages } from "../../urls.ts";

/** The link of one person, shown once. Its token stands behind `#`: no server and no log sees it. */
export function EnrolmentDialog({
  member,
  enrolment,
  close,
}: {
  member: StaffMember;
  enrolment: Enrolment;
  close: () => void;
}) {
  const t = useTexts(staffTexts);
  const language = useLanguage();
  const notify = useNotify();
  const zone = useSession().office?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const link = `${location.origin}${BASE}${pages.enrol}#${enrolment.token}`;
  const copy = async () => ((await copyText(link)) ? notify.done(t.copied) : notify.say(t.copyFailed));
  return (
    <Dialog title={t.linkFor(member.name)} close={close}>
      <p>{t.linkLead}</p>
      <textarea
        className="link-text"
        readOnly
        rows={3}
        value={link}
        onFocus={(event) => event.target.select()}
        aria-label={t.link}
      />
      <p className="soft">
        {t.linkUntil(`${shortDate(enrolment.expiresAt, zone, language)}, ${clockTime(enrolment.expiresAt, zone)}`)}
      </p>
      <button type="button" className="button primary" onClick={() => void copy()}>
        {t.copy}
      </button>
    </Dialog>
  );
}
