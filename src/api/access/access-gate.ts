import type { FastifyRequest } from 'fastify';
import {
  isUnproved,
  type Authenticator,
  type Credentials,
  type Proof,
  type Unproved,
} from '../../access/authenticator.js';
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
import type { TrustedProxies } from '../../access/proxy/trusted-proxies.js';
import type { Role } from '../../access/roles.js';
import { clientAddressOf } from './client-address.js';
import type { Concerned, PoolDirectory } from './pool-directory.js';
import { free, type Charge } from './limit-requests.js';
import { noteRefusal } from './refusals.js';
import { setPrincipal } from './principal-of.js';
import { forbidden, signInAway, unauthenticated } from '../http/access-problems.js';
import type { ProblemError } from '../http/errors.js';
import { wantsFile } from './wants-file.js';
import { wantsPreview } from '../http/preview-parameter.js';

export interface GateOptions {
  /** `off`: everybody may do everything. `auto`: the same for this machine only, while there is no authenticator. */
  readonly mode: 'auto' | 'required' | 'off';
  /** In the order in which they are asked. */
  readonly authenticators: readonly Authenticator[];
  /** Requests that they pass on are not of this machine, wherever they run. */
  readonly proxies: TrustedProxies;
}

/** Decides about every request before its body is read, and about commands once it is known what they concern. */
export class AccessGate {
  constructor(
    private readonly options: GateOptions,
    private readonly directory: PoolDirectory,
  ) {}

  /**
   * Admits a request for an operation, and keeps who asks.
   * @param charge looks at how often the client asks, before anything else is judged
   * @throws ProblemError 401, 403 or 503, and those of `charge`, at once or as a rejection
   */
  admit(request: FastifyRequest, operation: string, charge: Charge = free): void | Promise<void> {
    const permission = permissionOf(operation);
    const proof = this.prove(request);
    return proof instanceof Promise
      ? proof.then((proved) => this.judge(request, permission, proved, charge))
      : this.judge(request, permission, proof, charge);
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

  private prove(request: FastifyRequest): Proof | Promise<Proof> {
    const { mode, authenticators } = this.options;
    if (mode === 'off') return openPrincipal(clientAddressOf(request));
    const credentials = credentialsOf(request);
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
    const { mode, authenticators, proxies } = this.options;
    const isOfMachine = isLoopbackAddress(address) && !proxies.has(address);
    const isOpen = mode === 'auto' && authenticators.length === 0 && isOfMachine;
    return isOpen ? openPrincipal(address) : null;
  }

  private judge(
    request: FastifyRequest,
    permission: Permission,
    proof: Proof,
    charge: Charge,
  ): void | Promise<void> {
    charge(proof);
    const needed = roleFor(permission, {
      asFile: permission.asFile !== undefined && wantsFile(request),
      asPreview: wantsPreview(request),
    });
    if (proof === null || isUnproved(proof)) {
      if (needed === null) return;
      throw this.refusalOfProof(request, proof, needed);
    }
    setPrincipal(request, proof);
    if (needed === null) return;
    const refusal = refusalOfRole(proof, needed, permission);
    if (refusal !== null) throw forbidden(refusal);
    if (proof.pools !== null) return this.demandPath(request, proof, needed, permission);
  }

  private refusalOfProof(request: FastifyRequest, proof: Unproved | null, role: Role): ProblemError {
    if (proof === null) return this.unproved(this.wayOn(), role, this.challenges);
    const { detail, reason, client, challenge } = proof;
    noteRefusal(request, { reason, client });
    if (proof.isAway === true) return signInAway(detail);
    if (proof.isKnown === true) return forbidden({ detail, required: { role } });
    return this.unproved(detail, role, challenge === undefined ? this.challenges : [challenge]);
  }

  private unproved(detail: string, role: Role, challenges: readonly string[]): ProblemError {
    const signIn = this.options.authenticators.find((one) => one.signIn !== undefined)?.signIn ?? null;
    return unauthenticated(detail, { role }, { challenges, signIn });
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
    return [...new Set(this.options.authenticators.flatMap(({ challenge }) => challenge ?? []))];
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
