import { InProcessServer } from './server.js';
import { ServerLog } from './server-log.js';

/** A cluster whose nodes share one log. A real one acknowledges an append after it has replicated it. */
export class ThreeNodes {
  readonly log = new ServerLog();
  readonly nodes = Array.from({ length: 3 }, () => new InProcessServer(this.log));

  async start(): Promise<void> {
    for (const node of this.nodes) {
      node.members = this.nodes;
      await node.start();
    }
    this.elect(0);
  }

  stop(): void {
    for (const node of this.nodes) node.stop();
  }

  node(index: number): InProcessServer {
    const node = this.nodes[index];
    if (node === undefined) throw new Error(`There is no node ${index}.`);
    return node;
  }

  /** Makes a node the leader; the others redirect calls that require the leader to it. */
  elect(leader: number): void {
    for (const node of this.nodes) node.gate.leader = node === this.node(leader) ? null : this.node(leader);
  }

  /** A connection string with one seed, like a DNS name for all nodes. */
  discovering(seed: number): string {
    return `esdb+discover://127.0.0.1:${this.node(seed).port}?tls=false&discoveryInterval=10`;
  }

  get seeds(): string {
    return `esdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false&discoveryInterval=10`;
  }
}
