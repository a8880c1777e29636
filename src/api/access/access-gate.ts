import type { FastifyRequest } from 'fastify';
import { isUnproved, type Authenticator, type Credentials, type Proof } from '../../access/authenticator.js';
import {
  refusalOfPools,
  refusalOfRole,
  refusalOfUnknown,
  roleFor,
  type Forbidden,
} from '../../access/judgement.js';
import { isLoopbackAddress, openPrincipal } from '../../access/open.js';
import { permissionOf, type Permission } from '../../access/permissions.js';
import { reaches, type Principal } from '../../access/principal.js';
import type { Role } from '../../access/roles.js';
import type { Concerned, PoolDirectory } from './pool-directory.js';
import { noteRefusal } from './refusals.js';
import { setPrincipal } from './principal-of.js';
import { forbidden, unauthenticated } from '../http/access-problems.js';
import { wantsFile } from './wants-file.js';

export interface GateOptions {
  /** `off`: everybody may do everything. `auto`: the same for this machine only, while there is no authenticator. */
  readonly mode: 'auto' | 'required' | 'off';
  /** In the order in which they are asked. */
  readonly authenticators: readonly Authenticator[];
}

/** Decides about every request before its body is read, and about commands once it is known what they concern. */
export class AccessGate {
  constructor(
    private readonly options: GateOptions,
    private readonly directory: PoolDirectory,
  ) {}

  /**
   * Admits a request for an operation, and keeps who asks.
   * @throws ProblemError 401 or 403, at once or as a rejection
   */
  admit(request: FastifyRequest, operation: string): void | Promise<void> {
    const permission = permissionOf(operation);
    const proof = this.prove(credentialsOf(request));
    return proof instanceof Promise
      ? proof.then((proved) => this.judge(request, permission, proved))
      : this.judge(request, permission, proof);
  }

  /**
   * Checks the pools that a command concerns, from its checked body.
   * @throws ProblemError 403
   */
  async demand(principal: Principal, operation: string, body: object): Promise<void> {
    if (principal.pools === null) return;
    const { role, scope } = permissionOf(operation);
    const concerned = await this.directory.inBody(scope, { ...body });
    const refusal = concerned && refusalOf(principal, role ?? 'viewer', concerned);
    if (refusal !== null) throw forbidden(refusal);
  }

  private prove(credentials: Credentials): Proof | Promise<Proof> {
    const { mode, authenticators } = this.options;
    if (mode === 'off') return openPrincipal(credentials.address);
    for (const [index, authenticator] of authenticators.entries()) {
      const proof = authenticator.prove(credentials);
      if (proof instanceof Promise) return this.proveLater(proof, index + 1, credentials);
      if (proof !== null) return proof;
    }
    return this.unasked(credentials);
  }

  private async proveLater(first: Promise<Proof>, next: number, credentials: Credentials): Promise<Proof> {
    const proof = await first;
    if (proof !== null) return proof;
    for (const authenticator of this.options.authenticators.slice(next)) {
      const later = await authenticator.prove(credentials);
      if (later !== null) return later;
    }
    return this.unasked(credentials);
  }

  /** No authenticator knows the request: this machine may do everything while nothing else is set. */
  private unasked({ address }: Credentials): Proof {
    const { mode, authenticators } = this.options;
    const isOpen = mode === 'auto' && authenticators.length === 0 && isLoopbackAddress(address);
    return isOpen ? openPrincipal(address) : null;
  }

  private judge(request: FastifyRequest, permission: Permission, proof: Proof): void | Promise<void> {
    const needed = roleFor(permission, permission.asFile !== undefined && wantsFile(request));
    if (proof === null || isUnproved(proof)) {
      if (needed === null) return;
      if (proof !== null) noteRefusal(request, { reason: proof.reason, client: proof.client });
      throw unauthenticated(proof?.detail ?? this.wayOn(), { role: needed }, this.challenges);
    }
    setPrincipal(request, proof);
    if (needed === null) return;
    const refusal = refusalOfRole(proof, needed, permission);
    if (refusal !== null) throw forbidden(refusal);
    if (proof.pools !== null) return this.demandPath(request, proof, needed, permission);
  }

  /** What the path says is checked before the body is read. */
  private async demandPath(
    { params }: FastifyRequest,
    principal: Principal,
    needed: Role,
    { scope }: Permission,
  ): Promise<void> {
    const path = typeof params === 'object' && params !== null ? { ...params } : {};
    const concerned = await this.directory.inPath(scope, path);
    const refusal = concerned && refusalOf(principal, needed, concerned);
    if (refusal !== null) throw forbidden(refusal);
  }

  private get challenges(): readonly string[] {
    return this.options.authenticators.flatMap(({ challenge }) => challenge ?? []);
  }

  private wayOn(): string {
    return this.options.authenticators.length === 0
      ? 'Only requests from the machine of the service itself are served: it has no keys yet. Make one with "poolkeeper key create", and set API_KEYS_FILE; docs/access.md shows how.'
      : 'Send an API key: Authorization: Bearer pk_<id>.<secret>. An administrator makes one with "poolkeeper key create".';
  }
}

function refusalOf(principal: Principal, needed: Role, { pools, what }: Concerned): Forbidden | null {
  const isInScope = pools.length > 0 && pools.every((pool) => reaches(principal, pool));
  if (isInScope) return null;
  return what === null && pools.length > 0
    ? refusalOfPools(principal, needed, pools)
    : refusalOfUnknown(principal, needed, what ?? 'what it names');
}

const credentialsOf = ({ method, url, headers, raw }: FastifyRequest): Credentials => ({
  method,
  url,
  headers,
  address: raw.socket.remoteAddress ?? '',
});
