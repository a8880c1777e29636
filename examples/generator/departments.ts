/** The response groups of Contoso, a maker and shipper of household machines, as a plan: one workflow for each line. */
export const berlin = 'pool-berlin.contoso.com';
export const hamburg = 'pool-hamburg.contoso.com';

export type Hours = 'office' | 'extended' | 'round-the-clock';

export interface Department {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  /** Whether agents sign in to the group. */
  readonly formal: boolean;
  readonly agents: number;
  /** How often it is called, compared with the others. */
  readonly weight: number;
  /** Mean length of a conversation, in seconds. */
  readonly talk: number;
  readonly hours: Hours;
  readonly anonymous: boolean;
  /** What the caller can choose from; none where the workflow is a hunt group. */
  readonly choices: readonly string[];
}

type More = Partial<Pick<Department, 'formal' | 'hours' | 'anonymous' | 'choices'>>;

const on =
  (pool: string) =>
  (name: string, agents: number, weight: number, talk: number, more: More = {}): Department => ({
    id: name.toLowerCase().replaceAll(' ', '-'),
    name,
    pool,
    agents,
    weight,
    talk,
    formal: false,
    hours: 'office',
    anonymous: false,
    choices: [],
    ...more,
  });

const inBerlin = on(berlin);
const inHamburg = on(hamburg);

export const departments: readonly Department[] = [
  inBerlin('IT Service Desk', 14, 12, 280, {
    formal: true,
    hours: 'extended',
    choices: ['Passwords', 'Hardware'],
  }),
  inBerlin('Order Intake', 12, 11, 210, { formal: true, hours: 'extended' }),
  inBerlin('Order Tracking', 7, 6, 150, { hours: 'extended' }),
  inBerlin('Field Service Dispatch', 7, 6, 190, { formal: true, hours: 'extended' }),
  inBerlin('Warranty Claims', 6, 4, 260),
  inBerlin('Returns', 4, 3, 170),
  inBerlin('Spare Parts', 6, 4, 180, { formal: true }),
  inBerlin('Invoicing', 6, 4, 220),
  inBerlin('Payment Reminders', 6, 7, 260, { formal: true, anonymous: true }),
  inBerlin('Key Accounts', 4, 2, 320),
  inBerlin('Dealer Line', 4, 3, 230),
  inBerlin('Human Resources', 4, 2, 240),
  inBerlin('Payroll', 4, 2, 210),
  inBerlin('Works Council', 3, 2, 420, { anonymous: true }),
  inBerlin('Compliance Hotline', 3, 2, 480, { anonymous: true }),
  inBerlin('Facility Management', 4, 2, 130),
  inBerlin('Travel Desk', 3, 1, 260),
  inBerlin('Reception Berlin', 4, 5, 60, { hours: 'extended' }),
  inBerlin('Security Desk Berlin', 4, 1, 90, { hours: 'round-the-clock' }),
  inBerlin('Press Office', 3, 1, 200),
  inBerlin('Training Academy', 3, 1, 190),
  inBerlin('Purchasing', 4, 2, 200),
  inBerlin('Berlin Showroom', 3, 1, 150),
  inHamburg('Customer Care', 14, 12, 230, {
    formal: true,
    hours: 'extended',
    choices: ['Deliveries', 'Machines'],
  }),
  inHamburg('Web Shop Support', 7, 6, 200, { hours: 'extended' }),
  inHamburg('Technical Hotline', 8, 6, 330, { formal: true }),
  inHamburg('Complaints', 6, 3, 300, { formal: true, anonymous: true }),
  inHamburg('Freight Dispatch', 6, 5, 140, { hours: 'extended' }),
  inHamburg('Container Tracking', 4, 4, 110, { hours: 'extended' }),
  inHamburg('Customs Clearance', 4, 3, 250),
  inHamburg('Export Documents', 4, 2, 210),
  inHamburg('Vessel Agency', 3, 1, 180),
  inHamburg('Warehouse Gate', 4, 3, 70, { hours: 'extended' }),
  inHamburg('Fleet Management', 4, 2, 160),
  inHamburg('Insurance Claims', 4, 2, 290),
  inHamburg('Employee Assistance', 3, 1, 460, { anonymous: true }),
  inHamburg('Debt Advice', 3, 1, 400, { formal: true, anonymous: true }),
  inHamburg('Reception Hamburg', 4, 4, 60, { hours: 'extended' }),
  inHamburg('Security Desk Hamburg', 4, 1, 90, { hours: 'round-the-clock' }),
];

/** Callers of the recall announced this morning; its workflow is made after the night's export. */
export const recallHotline: Department = inBerlin('Recall Hotline', 0, 3, 200, { hours: 'extended' });
/** Made on the backup pool while it stands in. */
export const outageInformation: Department = inHamburg('Outage Information', 0, 2, 80);

export const agentGroupOf = (department: Department): string => `${department.id}-agents`;
export const queueOf = (department: Department): string => `${department.id}-queue`;
/** Each choice of an interactive workflow has a separate queue in front of the same agents. */
export const choiceQueueOf = (department: Department, choice: string): string =>
  `${department.id}-${choice.toLowerCase()}-queue`;
