/**
 * The three tables as data, column by column, to be read beside the document.
 * Each pair is [what happens, number of the statement in its cell].
 */
import type { DocumentedStage } from '../stages.js';
import type { Column, ConsoleOutcome, NewCallOutcome } from './types.js';

const open: ConsoleOutcome = { displayed: true, signIn: true };
const closed: ConsoleOutcome = { displayed: true, signIn: false };
const hidden: ConsoleOutcome = { displayed: false, signIn: false };

const dropped: NewCallOutcome = { call: 'disconnected' };
const onBackup: NewCallOutcome = { call: 'connected', to: 'backup', primaryHomedAgents: 'reachable' };
const onBackupWithoutPrimaryAgents: NewCallOutcome = { ...onBackup, primaryHomedAgents: 'unreachable' };
const onPrimary: NewCallOutcome = { call: 'connected', to: 'primary', primaryHomedAgents: 'reachable' };
const onPrimaryWithoutPrimaryAgents: NewCallOutcome = { ...onPrimary, primaryHomedAgents: 'unreachable' };

const editableByOwnerOnly = {
  primary: { view: 'with-database', modify: false },
  backup: { view: true, modify: true },
  imported: { tools: ['managementShell'] },
} as const;

export const columns: Readonly<Record<DocumentedStage, Column>> = {
  outage: {
    connected: {
      regular: ['remain-connected', 1],
      anonymous: ['disconnected', 2],
      anonymousImported: ['disconnected', 2],
    },
    inProgress: { notImported: ['disconnected', 1], imported: ['disconnected', 1] },
    newCalls: { notImported: [dropped, 1], imported: [onBackupWithoutPrimaryAgents, 2] },
    onBehalf: { notImported: ['disabled', 1], imported: ['disabled', 1] },
    console: { primary: closed, backup: open, imported: hidden },
    configuration: editableByOwnerOnly,
  },
  'failing-over': {
    connected: {
      regular: ['remain-connected', 1],
      anonymous: ['disconnected', 2],
      anonymousImported: ['disconnected', 2],
    },
    inProgress: { notImported: ['disconnected', 1], imported: ['disconnected', 1] },
    newCalls: { notImported: [dropped, 1], imported: [onBackupWithoutPrimaryAgents, 2] },
    onBehalf: { notImported: ['disabled', 1], imported: ['disabled', 1] },
    console: { primary: closed, backup: open, imported: open },
    configuration: editableByOwnerOnly,
  },
  'failed-over': {
    connected: {
      regular: ['remain-connected', 1],
      // The document has no bullet: every such call was dropped before.
      anonymous: ['none-in-this-status', 'silent'],
      anonymousImported: ['remain-connected', 2],
    },
    inProgress: { notImported: ['none-in-this-status', 1], imported: ['remain-connected', 2] },
    newCalls: { notImported: [dropped, 1], imported: [onBackup, 2] },
    onBehalf: { notImported: ['fail', 1], imported: ['succeed', 2] },
    console: { primary: closed, backup: open, imported: open },
    configuration: editableByOwnerOnly,
  },
  'failing-back': {
    connected: {
      regular: ['remain-connected', 1],
      anonymous: ['none-in-this-status', 2],
      anonymousImported: ['remain-connected', 3],
    },
    inProgress: { notImported: ['none-in-this-status', 1], imported: ['disconnected', 2] },
    newCalls: {
      notImported: [onPrimaryWithoutPrimaryAgents, 1],
      imported: [onPrimaryWithoutPrimaryAgents, 1],
    },
    onBehalf: { notImported: ['disabled', 1], imported: ['disabled', 1] },
    console: { primary: closed, backup: open, imported: open },
    configuration: editableByOwnerOnly,
  },
  'failed-back': {
    connected: {
      regular: ['remain-connected', 1],
      anonymous: ['none-in-this-status', 2],
      anonymousImported: ['remain-connected', 3],
    },
    inProgress: { notImported: ['none-in-this-status', 1], imported: ['disconnected', 2] },
    newCalls: { notImported: [onPrimary, 1], imported: [onPrimary, 1] },
    onBehalf: { notImported: ['succeed', 1], imported: ['succeed', 1] },
    console: { primary: open, backup: open, imported: hidden },
    configuration: { ...editableByOwnerOnly, primary: { view: true, modify: true } },
  },
};
