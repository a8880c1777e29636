/** A pool that went down with a call in progress, and what its administrators and callers met. */
import {
  ask,
  callArrives,
  callConnects,
  createAgentGroup,
  createWorkflow,
  declareOutage,
  registerAgent,
  registerPair,
  reportDatabase,
} from '../../http/support/commands.js';
import type { Ask, Service } from '../../http/support/service.js';

export const [primary, backup] = ['pool-a.contoso.com', 'pool-b.contoso.com'];
export const agent = 'sip:kim@contoso.com';

/** @param before what else is recorded while the pool still serves */
export async function outageStory(service: Service, before: readonly Ask[] = []): Promise<void> {
  await service.given(
    registerPair(primary, backup),
    createWorkflow(primary, 'help-desk', true),
    createWorkflow(primary, 'payroll'),
    registerAgent(agent, primary),
    createAgentGroup(primary, 'desk', [agent]),
    callArrives('call-waiting', primary, 'help-desk'),
    callArrives('call-answered', primary, 'payroll'),
    callConnects('call-answered', agent),
    ...before,
    declareOutage(primary, { reason: 'A <b>fire</b>.' }),
    reportDatabase(primary, 'unavailable'),
  );
  await service.when(
    ask('modify-object', {
      pool: primary,
      kind: 'workflow',
      id: 'payroll',
      properties: { description: 'Ours' },
      tool: 'controlPanel',
    }),
  );
  await service.given(
    ask('annotate-incident', { pool: primary, text: 'The vendor was called.' }),
    ask('initiate-failover', { pool: primary, disasterMode: true }),
    ask('complete-failover', { pool: primary }),
  );
}
