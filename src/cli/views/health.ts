interface Health {
  readonly status: string;
  readonly details?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export function healthText(body: string): string {
  const { status, details = {} } = JSON.parse(body) as Health;
  return [
    `The service is ${status}.`,
    ...Object.entries(details).map(([part, { status: state, ...rest }]) => {
      const more = Object.entries(rest).map(([name, value]) => `${name} ${String(value)}`);
      return `  ${part}: ${[String(state), ...more].join(', ')}`;
    }),
  ].join('\n');
}
