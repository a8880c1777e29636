import { createHash } from 'node:crypto';
import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

type Directives = Readonly<Record<string, readonly string[]>>;

/** Answers are data: a browser that is made to show one as a page loads, runs and frames nothing. */
const ofData: Directives = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The documentation is a page: its own scripts, and styles that Swagger UI writes into it. Nothing from elsewhere. */
const ofDocumentation: Directives = {
  ...ofData,
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
};

const written = (directives: Directives): string =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';');

const policies = { data: written(ofData), documentation: written(ofDocumentation) };

/** A page that holds all it needs: its one style, known by its hash, and nothing else. */
export const policyOfPage = (style: string): string =>
  written({
    ...ofData,
    'style-src': [`'sha256-${createHash('sha256').update(style).digest('base64')}'`],
  });

/** The page: its own scripts and styles, and nothing that a text could turn into a script. */
export const policyOfApplication = written({
  ...ofData,
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'form-action': ["'self'"],
  'require-trusted-types-for': ["'script'"],
});

const isDocumentation = (url: string): boolean => /^\/docs(?:[/?]|$)/.test(url);

/**
 * The headers that keep a browser from misusing an answer. Strict transport security only where the service itself speaks
 * TLS: behind a proxy it is the proxy's to promise.
 */
export async function addSecurityHeaders(
  application: NestFastifyApplication,
  { tls }: { readonly tls: boolean },
): Promise<void> {
  const options: FastifyHelmetOptions = {
    // Set below, by route: helmet would write it out for every answer.
    contentSecurityPolicy: false,
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
    hsts: tls ? { maxAge: 31_536_000 } : false,
  };
  await application.register(helmet, options);
  application
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const policy = isDocumentation(request.url) ? policies.documentation : policies.data;
      void reply.header('content-security-policy', policy);
      done();
    });
}
