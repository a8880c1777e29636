/** The headers of answers. */
export const headers = {
  'X-Request-Id': 'The id of the request: that of the header X-Request-Id where it sent one, else a new one.',
  ETag: 'A strong entity tag: it changes when the answer does, and has `-br` or `-gzip` at its end where that is its coding. Of a command, the revision of the stream.',
  'Retry-After': 'Seconds after which trying again may help.',
  RateLimit:
    'How many requests the client may still send, and when it has all of them again: `"client";r=29999;t=1`.',
  'RateLimit-Policy': 'How many requests a client may send in how many seconds: `"client";q=30000;w=6`.',
  'WWW-Authenticate': 'How to prove who asks, such as `Bearer`.',
  Vary: 'The request headers that the form of the answer depends on.',
  Location: 'Where the browser is to go.',
  'Set-Cookie': 'The cookie of the session, or of the sign-in, which the browser keeps.',
  'Content-Disposition': 'A name for the file.',
  'Cache-Control':
    '`private, no-cache`: to be asked for again before it is used. `no-store`: not to be kept.',
  Link: 'The pages beside this one, with the relations `next` and `prev`.',
} as const;

export type HeaderName = keyof typeof headers;
