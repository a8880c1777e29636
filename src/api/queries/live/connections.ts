import type { ServerResponse } from 'node:http';
import { LiveConnection } from './connection.js';
import { EventStreamEncoder, type Beat } from './event-stream.js';

/** The live connections of one application: it ends its own, and leaves those of other applications over the same feeds. */
export class LiveConnections {
  private readonly connections = new Set<LiveConnection>();
  private readonly encoder = new EventStreamEncoder();
  private closed = false;

  get areClosed(): boolean {
    return this.closed;
  }

  /** A connection that comes after `close` is ended at once. */
  add(response: ServerResponse, beat: Beat): LiveConnection {
    const connection = new LiveConnection(response, this.encoder, beat);
    this.connections.add(connection);
    response.once('close', () => this.connections.delete(connection));
    if (this.closed) connection.end();
    return connection;
  }

  close(): void {
    this.closed = true;
    for (const connection of this.connections) connection.end();
  }
}
