import type { HealthAnswer } from '../../contract/health.js';

export function healthText({ status, details }: HealthAnswer): string {
  return [
    `The service is ${status}.`,
    ...Object.entries(details).map(([part, { status: state, ...rest }]) => {
      const more = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`);
      return `  ${part}: ${[state, ...more].join(', ')}`;
    }),
  ].join('\n');
}
