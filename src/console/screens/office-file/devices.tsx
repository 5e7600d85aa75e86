import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { devicesApi, devicesQuery, type DeviceKind, type DeviceOffer } from "../../api/devices.ts";
import { useSession } from "../../api/queries.ts";
import { post } from "../../api/request.ts";
import { clockTime, shortDate } from "../../parts/format.ts";
import { useNotify } from "../../parts/notices.tsx";
import { deviceTexts } from "../../texts/devices.ts";
import { useLanguage, useTexts } from "../../texts/texts.ts";

const KINDS: readonly DeviceKind[] = ["screen", "kiosk"];

/** The screens and kiosks of the own hall, for whoever runs the office. */
export function Devices() {
  const { may, office } = useSession();
  return office !== null && may.includes("edit_schedule") ? <DeviceList /> : null;
}

function DeviceList() {
  const t = useTexts(deviceTexts);
  const language = useLanguage();
  const zone = useSession().office!.zone;
  const notify = useNotify();
  const client = useQueryClient();
  const { data } = useQuery(devicesQuery);
  const offer = useMutation({
    mutationFn: (kind: DeviceKind) => post<DeviceOffer>(devicesApi.all, { kind }),
    onError: notify.refused,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => post(devicesApi.revoke(id)),
    onSuccess: async () => {
      notify.done(t.revoked);
      await client.invalidateQueries({ queryKey: devicesQuery.queryKey });
    },
    onError: notify.refused,
  });
  const when = (instant: string) => `${shortDate(instant, zone, language)}, ${clockTime(instant, zone)}`;
  return (
    <section className="devices">
      <h2>{t.title}</h2>
      <p className="soft">{t.lead}</p>
      <p>
        {KINDS.map((kind) => (
          <button key={kind} type="button" className="button" onClick={() => offer.mutate(kind)}>
            {t.add[kind]}
          </button>
        ))}
      </p>
      <p role="status">{offer.data && <b>{t.code(offer.data.code, clockTime(offer.data.until, zone))}</b>}</p>
      {data?.length === 0 && <p className="soft">{t.nobody}</p>}
      <ul>
        {data?.map(({ id, kind, enrolledAt }) => (
          <li key={id}>
            {t.kinds[kind]}, {t.since(when(enrolledAt))}{" "}
            <button
              type="button"
              className="button quiet"
              aria-label={t.revokeFor(`${t.kinds[kind]}, ${when(enrolledAt)}`)}
              onClick={() => revoke.mutate(id)}
            >
              {t.revoke}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
