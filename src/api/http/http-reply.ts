import type { JsonObject } from '../../../events/envelope.js';

/** What goes out over HTTP: a status, a JSON body and the headers that depend on them. */
export class HttpReply {
  constructor(
    readonly status: number,
    readonly body: JsonObject,
    /** A strong entity tag without its quotes; null where there is none. */
    readonly etag: string | null = null,
    /** Seconds after which trying again may help; null where nothing is known. */
    readonly retryAfter: number | null = null,
  ) {}
}

/** A value that is sent as text of another media type than JSON. */
export class TextReply {
  constructor(
    readonly mediaType: string,
    readonly content: string,
    readonly etag: string | null = null,
    /** The Content-Security-Policy of a page; that of data where null. */
    readonly policy: string | null = null,
  ) {}
}
