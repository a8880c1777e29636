/** What readiness looks for: by the question that it asks, and by how the pool stands. */
import { isPaired } from '../../facts/copies.js';
import { givingUpOf } from '../../facts/given-up.js';
import { traitsOf, type Question } from '../../policy/stages.js';
import { addressClashes } from './addresses.js';
import { copiesOfNoPartner, inNoPair } from './alone.js';
import { agentsNotKnown, formalGroups, groupsHomedHere, signInDebt } from './agents.js';
import {
  partnersSettingsOverwritten,
  settingsAtStake,
  settingsNotCarried,
  settingsToBringHome,
} from './application-settings.js';
import { capacity } from './capacity.js';
import {
  anonymousWorkflows,
  audioFiles,
  danglingReferences,
  longAlertTimes,
  managedInactive,
  queuesWithoutAgents,
} from './content.js';
import { agentsOfEndedPools } from './ended-homes.js';
import { type Finding } from './finding.js';
import { changesSinceExport, exportAge, removedSinceExport, settingsSinceExport } from './since-export.js';
import { agentsNotInFile, fileFindings } from './last-file.js';
import { databaseStillUnavailable } from './database.js';
import { agentsOfLostPool, inFileAlone, lostForGood, notOnNewPool, settingsOfLostPool } from './in-place.js';
import { agentsOfGivenUp, givenUp } from './given-up.js';
import { holidaysRunOut } from './holidays.js';
import { exportClashes, nameClashes } from './names.js';
import { type ReadinessContext } from './readiness-context.js';
import { listedAgents } from './listed-agents.js';
import { servicesStopped, standInStopped } from './services.js';
import {
  changesSinceFile,
  changesSinceReplication,
  exportAgeUnlessReplicated,
  replicationTroubles,
  unlessReplicated,
  whereFileBrings,
} from './replication.js';
import { replicasShown } from './replica.js';
import { createdOnBackup, editedOnBackup, removedOnBackup, toBringHome } from './stand-in.js';
import {
  copiesOutOfService,
  leftoverCopies,
  notOnPartner,
  outdatedCopies,
  ownerClashes,
  partnerDown,
} from './transfer.js';

type Rule = (context: ReadinessContext) => readonly Finding[];

const rules: Readonly<Record<Question, readonly Rule[]>> = {
  'if-it-failed-now': [
    partnerDown,
    standInStopped,
    servicesStopped,
    replicationTroubles,
    changesSinceReplication,
    exportAgeUnlessReplicated,
    unlessReplicated(changesSinceExport),
    unlessReplicated(removedSinceExport),
    settingsSinceExport,
    nameClashes,
    unlessReplicated(exportClashes),
    addressClashes,
    ownerClashes,
    danglingReferences,
    fileFindings,
    audioFiles,
    settingsAtStake,
    partnersSettingsOverwritten,
    anonymousWorkflows,
    formalGroups,
    groupsHomedHere,
    agentsNotInFile,
    agentsNotKnown,
    agentsOfEndedPools,
    listedAgents,
    queuesWithoutAgents,
    capacity,
    managedInactive,
    longAlertTimes,
    holidaysRunOut,
    agentsOfLostPool,
    databaseStillUnavailable,
    signInDebt,
    copiesOutOfService,
    toBringHome,
    settingsToBringHome,
    replicasShown,
    leftoverCopies,
    copiesOfNoPartner,
    unlessReplicated(outdatedCopies),
    unlessReplicated(notOnPartner),
  ],
  'if-it-never-came-back': [
    partnerDown,
    standInStopped,
    servicesStopped,
    replicationTroubles,
    changesSinceReplication,
    (context) => (context.lastExport === null ? exportAgeUnlessReplicated(context) : []),
    changesSinceFile,
    settingsNotCarried,
    createdOnBackup,
    nameClashes,
    whereFileBrings(exportClashes),
    addressClashes,
    ownerClashes,
    notOnPartner,
    replicasShown,
    outdatedCopies,
    copiesOutOfService,
    (context) =>
      traitsOf(context.pool.stage).signInAgain === null ? groupsHomedHere(context) : signInDebt(context),
    agentsNotInFile,
    listedAgents,
    agentsOfEndedPools,
    capacity,
    fileFindings,
    audioFiles,
    editedOnBackup,
  ],
  'what-is-to-come-home': [
    servicesStopped,
    toBringHome,
    settingsToBringHome,
    removedOnBackup,
    createdOnBackup,
    fileFindings,
    partnersSettingsOverwritten,
    databaseStillUnavailable,
    ownerClashes,
    copiesOutOfService,
    agentsOfEndedPools,
    (context) => (traitsOf(context.pool.stage).signInAgain === null ? [] : signInDebt(context)),
    agentsNotInFile,
    listedAgents,
  ],
};

/** Of a pool that takes the place of one that is lost: nothing of it comes home, and nothing of it can be lost yet. */
const rulesInPlace: readonly Rule[] = [
  partnerDown,
  standInStopped,
  servicesStopped,
  agentsOfLostPool,
  agentsOfEndedPools,
  lostForGood,
  inFileAlone,
  settingsOfLostPool,
  notOnNewPool,
  settingsToBringHome,
  createdOnBackup,
  removedOnBackup,
  addressClashes,
  ownerClashes,
  copiesOutOfService,
  signInDebt,
  listedAgents,
  capacity,
  fileFindings,
  partnersSettingsOverwritten,
  databaseStillUnavailable,
];

/** Of a pool that is in no pair: what does not speak of a partner. */
const rulesAlone: readonly Rule[] = [
  inNoPair,
  exportAge,
  changesSinceExport,
  removedSinceExport,
  settingsSinceExport,
  danglingReferences,
  fileFindings,
  audioFiles,
  agentsNotInFile,
  agentsNotKnown,
  listedAgents,
  agentsOfEndedPools,
  queuesWithoutAgents,
  managedInactive,
  longAlertTimes,
  holidaysRunOut,
  databaseStillUnavailable,
  copiesOfNoPartner,
];

/** Of a pool that is given up: nothing of it comes home, and nothing of it can be lost. */
const rulesGivenUp: readonly Rule[] = [
  givenUp,
  agentsOfGivenUp,
  (context) => (isPaired(context.pair) ? settingsNotCarried(context) : []),
];

/** Nobody needs a pool that is retired: nothing of it is at stake. */
export function rulesFor({ pair, pool, question }: ReadinessContext): readonly Rule[] {
  if (pool.retired !== null) return [];
  if (givingUpOf(pair, pool) !== null) return rulesGivenUp;
  if (!isPaired(pair)) return rulesAlone;
  return pool.replaces === undefined ? rules[question] : rulesInPlace;
}
