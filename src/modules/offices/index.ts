export type * from "./types.ts";
export { FACT_FIELDS, PAYMENT_MEANS } from "./types.ts";
export { getNetwork, refreshNetwork } from "./queries/network.ts";
export { getFicha, type Ficha, type FichaField } from "./queries/ficha.ts";
export { confirmFacts, type ConfirmFacts, type ConfirmRefusal } from "./commands.ts";
export { canConfirmFacts, canReadFicha } from "./policy.ts";
export { loadReference, type LoadOptions } from "./store/load-reference.ts";
export { observedDays } from "./store/holidays.ts";
export { findPlaces, townsAround, warmGazetteer } from "./store/gazetteer.ts";
export {
  FACT_DUE_DAYS,
  defaultSessions,
  factIsDue,
  listHolidays,
  MIDDLE_ZONE,
  distanceKm,
  nearestOffices,
  officesInReach,
  officesWithin,
  officesOfState,
  publicJurisdictions,
  type NearOffice,
} from "./rules/offices.ts";
export { amountDue, feeOn, feesOn, partyDue, type AmountDue, type DuePerson, type FeeChoice } from "./rules/fees.ts";
export {
  absentParentOf,
  checkChain,
  findServiceProblem,
  minutesByGroup,
  minutesFor,
  servicesForAge,
  stepsFor,
  type ChainCheck,
  type ServiceProblem,
} from "./rules/services.ts";
export { checklistFor, nextStepsFor, requirementsFor } from "./rules/checklist.ts";
export type { AskedQuestion, ChecklistPerson, NeededPaper, NextStep } from "./rules/checklist.ts";
