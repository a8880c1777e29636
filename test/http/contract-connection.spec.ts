import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from './support/service.js';

let service: Service;
let url: URL;
beforeAll(async () => {
  service = await Service.start();
  url = await service.listen();
});
afterAll(() => service.stop());

const tenMegabytes = JSON.stringify({ pool: 'pool-a.contoso.com', reason: 'x'.repeat(10_000_000) });

/** What comes back for these bytes, sent with a pause between; an answer before the last of them is no answer. */
const sent = (...parts: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    let sentParts = 0;
    const socket = connect(Number(url.port), url.hostname);
    const sendNext = (): void => {
      const part = parts[sentParts];
      if (part === undefined) return;
      sentParts += 1;
      socket.write(part, () => setTimeout(sendNext, 200));
    };
    socket.on('connect', sendNext);
    socket.on('data', (chunk) => {
      if (sentParts < parts.length) reject(new Error('It was answered before it had sent everything.'));
      answer += chunk.toString();
    });
    socket.on('error', reject).on('close', () => resolve(answer));
  });

describe('Over a real connection', () => {
  it.each([
    ['and says so', `Content-Length: ${tenMegabytes.length}`, tenMegabytes],
    [
      'without saying how much',
      'Transfer-Encoding: chunked',
      `${tenMegabytes.length.toString(16)}\r\n${tenMegabytes}\r\n0\r\n\r\n`,
    ],
  ])(
    'a client that sends 10 MB %s is answered once it has sent them, not cut off',
    async (_how, length, body) => {
      const head = `POST /v1/commands/declare-outage HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${length}`;
      const answer = await sent(`${head}\r\n\r\n${body.slice(0, 2_000_000)}`, body.slice(2_000_000));
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(answer).toMatch('urn:poolkeeper:problem:body-too-large');
    },
  );

  it.each([
    ['no HTTP', 'Good evening\r\n\r\n', 400, 'bad-request'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'bad-request',
    ],
    [
      'a URL of 30,000 characters',
      `GET /${'x'.repeat(30_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      431,
      'headers-too-large',
    ],
  ])('%s is answered with a problem document', async (_what, bytes, status, name) => {
    const answer = await sent(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      type: `urn:poolkeeper:problem:${name}`,
      status,
    });
  });
});
