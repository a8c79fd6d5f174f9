import type { ServerResponse } from 'node:http';

/** Why a request is not answered: an HTTP status, and a sentence for people. */
export interface Refusal {
  readonly status: number;
  readonly error: string;
}

/** A refusal as a value, so that saying no to a hostile request is no exception. */
export function refusal(status: number, error: string): Refusal {
  return { status, error };
}

/** Tells a refusal from the other outcome of a function that may refuse. */
export function isRefusal(value: object | string | undefined): value is Refusal {
  return typeof value === 'object' && 'status' in value && 'error' in value;
}

/** Answers with the refusal as `{ "error": … }`; headers that are already set stay. */
export function sendRefusal(response: ServerResponse, { status, error }: Refusal): void {
  const body = refusalBody(error);
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  response.setHeader('Connection', 'close'); // a body that came along is not read
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** The body of a refusal, with a line break for terminals. */
export function refusalBody(error: string): string {
  return `${JSON.stringify({ error })}\n`;
}
