/** The readiness of all pools, the worst first, with what to do about the worst. */
import type { Severity } from '../../policy/readiness/findings.js';
import type { Finding } from '../readiness/finding.js';
import type { ReadinessView } from '../readiness/view.js';

const mostFindings = 3;

type Counts = Readonly<Record<Severity, number>>;

export const fleetReadiness = (views: readonly ReadinessView[]) => ({
  counts: views.reduce<Counts>(
    (sum, { counts }) => ({
      critical: sum.critical + counts.critical,
      warning: sum.warning + counts.warning,
      info: sum.info + counts.info,
    }),
    { critical: 0, warning: 0, info: 0 },
  ),
  pools: views.toSorted(byNeed).map(({ findings, sources: _, ...summary }) => ({
    ...summary,
    worst: findings.slice(0, mostFindings).map(briefOf),
  })),
});

const briefOf = ({ id, severity, detail, action, objects }: Finding) => ({
  id,
  severity,
  detail,
  action: action.text,
  objects: objects.length,
});

const byNeed = (one: ReadinessView, other: ReadinessView): number =>
  other.counts.critical - one.counts.critical ||
  other.counts.warning - one.counts.warning ||
  other.atStake.total - one.atStake.total ||
  (one.fqdn < other.fqdn ? -1 : 1);
