/** The problems that operations of a kind have in common. */
import * as problems from '../../contract/problems.js';
import type { Schema } from '../../contract/schema.js';

/** Of every request with a body. */
export const ofBody: readonly Schema[] = [
  problems.invalidProblem,
  problems.badRequestProblem,
  problems.bodyTooLargeProblem,
  problems.unsupportedMediaTypeProblem,
];

const ofWriting: readonly Schema[] = [
  problems.unknownProblem,
  problems.refusedProblem,
  problems.notUnderstoodProblem,
  problems.preconditionFailedProblem,
  problems.keyReusedProblem,
  problems.overloadedProblem,
  problems.storeUnavailableProblem,
  problems.underRepairProblem,
  problems.contendedProblem,
];

export const ofCommand: readonly Schema[] = [...ofBody, ...ofWriting];

export const ofFile: readonly Schema[] = [
  ...ofBody,
  problems.malformedExportProblem,
  problems.exportTooLargeProblem,
  problems.tooManyUploadsProblem,
  ...ofWriting,
];

/** Of a view that is of everything. */
export const ofView: readonly Schema[] = [
  problems.invalidProblem,
  problems.storeUnavailableProblem,
  problems.underRepairProblem,
  problems.notThereYetProblem,
  problems.catchingUpProblem,
  problems.busyProblem,
];

/** Of a view of something that may not be there. */
export const ofViewOfOne: readonly Schema[] = [...ofView, problems.unknownProblem];

export const ofWhatIf: readonly Schema[] = [
  ...ofBody,
  problems.unknownProblem,
  problems.notUnderstoodProblem,
  problems.busyProblem,
  problems.storeUnavailableProblem,
  problems.underRepairProblem,
  problems.catchingUpProblem,
];

export const ofLive: readonly Schema[] = [
  ...ofViewOfOne,
  problems.stoppingProblem,
  problems.tooManyListenersProblem,
];

export const ofDecision: readonly Schema[] = [
  ...ofBody,
  problems.unknownProblem,
  problems.storeUnavailableProblem,
];

export const ofSeals: readonly Schema[] = [problems.invalidProblem, problems.noSealsProblem];

export const ofSealing: readonly Schema[] = [...ofBody, problems.noSealsProblem];

export const ofSignIn: readonly Schema[] = [
  problems.invalidProblem,
  problems.signInFailedProblem,
  problems.noSignInProblem,
];

export const ofBackup: readonly Schema[] = [
  ...ofBody,
  problems.backupUnderWayProblem,
  problems.noBackupsProblem,
  problems.backupFailedProblem,
];
