import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isForPoolkeeper } from './poolkeeper-controller.js';

/** The types that any web page can send to any address without the browser asking for permission first. */
const forms = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)/i;

/** The error for a form that is sent to a route of Poolkeeper: the application around it may take forms elsewhere. */
export function refuseForms(request: FastifyRequest): UnsupportedMediaTypeException | undefined {
  const {
    'content-type': type = '',
    'content-length': length,
    'transfer-encoding': encoding,
  } = request.headers;
  const hasBody = encoding !== undefined || Number(length ?? 0) > 0;
  const isRefused = hasBody && forms.test(type) && isForPoolkeeper(request);
  return isRefused ? new UnsupportedMediaTypeException() : undefined;
}
