import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Reply } from '../../runtime/reply.js';

/** Turns a reply of the runtime into a response: status, ETag, Retry-After, and 304 where the reader has it already. */
@Injectable()
export class ReplyInterceptor implements NestInterceptor<Reply, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<Reply>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const response = http.getResponse<FastifyReply>();
    return next.handle().pipe(map((reply) => send(reply, request, response)));
  }
}

export function send(reply: Reply, request: FastifyRequest, response: FastifyReply): unknown {
  if (reply.retryAfter !== undefined) void response.header('retry-after', String(reply.retryAfter));
  if (reply.etag !== null) void response.header('etag', `"${reply.etag}"`);
  if (reply.status >= 400) void response.type('application/problem+json; charset=utf-8');
  if (
    request.method === 'GET' &&
    reply.etag !== null &&
    isKnown(reply.etag, request.headers['if-none-match'])
  ) {
    void response.code(304);
    return undefined;
  }
  void response.code(reply.status);
  return reply.body;
}

/** If-None-Match compares weakly: `W/"5"` is `"5"`. */
function isKnown(etag: string, header: string | undefined): boolean {
  if (header === undefined) return false;
  return header.split(',').some((tag) => {
    const candidate = tag.trim();
    return candidate === '*' || candidate.replace(/^W\//, '') === `"${etag}"`;
  });
}
