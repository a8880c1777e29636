/** What the image asks whether the service lives: status 0 where it does. It takes the address from the same variables. */
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';

const { HOST = '127.0.0.1', PORT = '3000', TLS_CERT_FILE = '' } = process.env;
const host = HOST === '0.0.0.0' || HOST === '::' || HOST === '' ? '127.0.0.1' : HOST;
const options = {
  host,
  port: PORT === '' ? 3000 : Number(PORT),
  path: '/health/live',
  // The certificate names the service for others. Here it only matters that the process answers.
  rejectUnauthorized: false,
};

const end = (status: number | undefined): void => {
  process.exitCode = status === 200 ? 0 : 1;
};

(TLS_CERT_FILE === '' ? getPlain : getSecure)(options, (answer) => {
  end(answer.statusCode);
  answer.resume();
}).on('error', () => end(undefined));
