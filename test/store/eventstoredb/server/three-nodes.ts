import { InProcessServer } from './server.js';
import { ServerLog } from './server-log.js';

/** A cluster whose nodes have the same log at once: what a real one replicates first, it acknowledges later. */
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

  /** The others become followers, and send calls that insist on the leader to it. */
  elect(leader: number): void {
    for (const node of this.nodes) node.gate.leader = node === this.node(leader) ? null : this.node(leader);
  }

  /** One seed, as a name that stands for all nodes would be. */
  discovering(seed: number): string {
    return `esdb+discover://127.0.0.1:${this.node(seed).port}?tls=false&discoveryInterval=10`;
  }

  get seeds(): string {
    return `esdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false&discoveryInterval=10`;
  }
}
