import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { BrowserRouter, Navigate, Route, Routes } from "react-router";
import { forgetEverything, SessionContext, sessionQuery } from "./api/queries.ts";
import { queryClient } from "./api/query-client.ts";
import { Unreachable } from "./api/request.ts";
import { useSessionEnd } from "./api/session-end.ts";
import { giveUpTouch } from "./api/touch.ts";
import { carriesList, peekLoan } from "./offline/loan.ts";
import { Blank, Failed, FaultBoundary, Loading } from "./parts/loading.tsx";
import { clearNotice } from "./parts/notices.tsx";
import { Shell } from "./parts/shell.tsx";
import { firstScreen, screensFor, type Screen } from "./rules/screens.ts";
import { SignIn } from "./screens/sign-in/sign-in.tsx";
import { shellTexts } from "./texts/shell.ts";
import { useLanguage, useTexts } from "./texts/texts.ts";
import { BASE, pages } from "./urls.ts";

const Enrol = lazy(() => import("./screens/sign-in/enrol.tsx").then(({ Enrol }) => ({ default: Enrol })));
const ListPage = lazy(() => import("./screens/offline/list-page.tsx").then(({ ListPage }) => ({ default: ListPage })));
const SCREENS: Readonly<Record<Screen, ReturnType<typeof lazy>>> = {
  today: lazy(() => import("./screens/today/today.tsx").then(({ TodayScreen }) => ({ default: TodayScreen }))),
  door: lazy(() => import("./screens/guard/guard.tsx").then(({ GuardScreen }) => ({ default: GuardScreen }))),
  emergencies: lazy(() =>
    import("./screens/emergencies/emergencies.tsx").then(({ EmergenciesScreen }) => ({ default: EmergenciesScreen })),
  ),
  walkIns: lazy(() =>
    import("./screens/walk-ins/walk-ins.tsx").then(({ WalkInsScreen }) => ({ default: WalkInsScreen })),
  ),
  cash: lazy(() => import("./screens/cash/cash.tsx").then(({ CashScreen }) => ({ default: CashScreen }))),
  documents: lazy(() =>
    import("./screens/documents/documents.tsx").then(({ DocumentsScreen }) => ({ default: DocumentsScreen })),
  ),
  dayClose: lazy(() =>
    import("./screens/day-close/day-close.tsx").then(({ DayCloseScreen }) => ({ default: DayCloseScreen })),
  ),
  card: lazy(() => import("./screens/card/card.tsx").then(({ CardScreen }) => ({ default: CardScreen }))),
  offline: lazy(() =>
    import("./screens/offline/offline.tsx").then(({ OfflineScreen }) => ({ default: OfflineScreen })),
  ),
  integrity: lazy(() =>
    import("./screens/integrity/integrity.tsx").then(({ IntegrityScreen }) => ({ default: IntegrityScreen })),
  ),
  alarms: lazy(() => import("./screens/alarms/alarms.tsx").then(({ AlarmsScreen }) => ({ default: AlarmsScreen }))),
  doubts: lazy(() => import("./screens/doubts/doubts.tsx").then(({ DoubtsScreen }) => ({ default: DoubtsScreen }))),
  talks: lazy(() => import("./screens/talks/talks.tsx").then(({ TalksScreen }) => ({ default: TalksScreen }))),
  releases: lazy(() =>
    import("./screens/releases/releases.tsx").then(({ ReleasesScreen }) => ({ default: ReleasesScreen })),
  ),
  helpers: lazy(() =>
    import("./screens/helpers/helpers.tsx").then(({ HelpersScreen }) => ({ default: HelpersScreen })),
  ),
  adverts: lazy(() =>
    import("./screens/adverts/adverts.tsx").then(({ AdvertsScreen }) => ({ default: AdvertsScreen })),
  ),
  officeFile: lazy(() =>
    import("./screens/office-file/office-file.tsx").then(({ OfficeFileScreen }) => ({ default: OfficeFileScreen })),
  ),
  plan: lazy(() => import("./screens/plan/plan.tsx").then(({ PlanScreen }) => ({ default: PlanScreen }))),
  cuts: lazy(() => import("./screens/cuts/cuts.tsx").then(({ CutsScreen }) => ({ default: CutsScreen }))),
  closings: lazy(() =>
    import("./screens/closings/closings.tsx").then(({ ClosingsScreen }) => ({ default: ClosingsScreen })),
  ),
  publication: lazy(() =>
    import("./screens/publication/publication.tsx").then(({ PublicationScreen }) => ({ default: PublicationScreen })),
  ),
  draws: lazy(() => import("./screens/draws/draws.tsx").then(({ DrawsScreen }) => ({ default: DrawsScreen }))),
  reports: lazy(() =>
    import("./screens/reports/reports.tsx").then(({ ReportsScreen }) => ({ default: ReportsScreen })),
  ),
  staff: lazy(() => import("./screens/staff/staff.tsx").then(({ StaffScreen }) => ({ default: StaffScreen }))),
};

export function App() {
  const language = useLanguage();
  useEffect(() => {
    document.documentElement.lang = language === "es" ? "es-MX" : "en";
  }, [language]);
  return (
    <FaultBoundary>
      <QueryClientProvider client={queryClient}>
        {/* At once: a letter pressed right after a click must act on the party that was clicked. */}
        <BrowserRouter basename={BASE} useTransitions={false}>
          <Suspense fallback={<Loading />}>
            <Routes>
              <Route path={pages.enrol} element={<Enrol />} />
              <Route path={pages.list} element={<ListPage />} />
              <Route
                path="*"
                element={
                  <SignedIn>
                    <Screens />
                  </SignedIn>
                }
              />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </QueryClientProvider>
    </FaultBoundary>
  );
}

/** Shows the screens to whoever is signed in. When the session ends, whatever was on the screen is taken away and forgotten. */
function SignedIn({ children }: { children: ReactNode }) {
  const end = useSessionEnd();
  useEffect(() => {
    if (end === undefined) return;
    forgetEverything();
    clearNotice();
    giveUpTouch();
  }, [end]);
  return end === undefined ? <KnownSession>{children}</KnownSession> : <SignIn why={end} />;
}

/** A list that expired loses its names as soon as the console is opened, whoever opens it. */
function useExpiry(): void {
  useEffect(() => {
    if (carriesList()) void peekLoan();
  }, []);
}

function KnownSession({ children }: { children: ReactNode }) {
  useExpiry();
  const { data: session, error, refetch } = useQuery(sessionQuery);
  // A tablet that carries a list works on without anybody to ask.
  if (error instanceof Unreachable && carriesList()) return <Navigate to={pages.list} replace />;
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (session === undefined) return <Loading />;
  if (session === null) return <SignIn />;
  return <SessionContext value={session}>{children}</SessionContext>;
}

function Screens() {
  const { may, office } = useQuery(sessionQuery).data!;
  const t = useTexts(shellTexts);
  const screens = screensFor({ may, hasOffice: office !== null });
  const first = firstScreen(screens);
  return (
    <Shell screens={screens}>
      <FaultBoundary>
        <Suspense fallback={<Loading />}>
          {first === undefined ? (
            <Blank title={t.nothingTitle} help={t.nothingHelp} />
          ) : (
            <Routes>
              {screens.map((screen) => {
                const Element = SCREENS[screen];
                return <Route key={screen} path={pages[screen]} element={<Element />} />;
              })}
              <Route path="*" element={<Navigate to={pages[first]} replace />} />
            </Routes>
          )}
        </Suspense>
      </FaultBoundary>
    </Shell>
  );
}
