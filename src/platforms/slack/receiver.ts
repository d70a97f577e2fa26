/**
 * Slack's events by HTTP, handed to Bolt. In place of Bolt's own receiver, which takes timestamps from the future and
 * wants a server for itself.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { App, Receiver } from '@slack/bolt';
import type { HttpAnswer, HttpRequest, HttpServer } from '../http.ts';
import type { Log } from './log.ts';
import { createSeen } from './memory.ts';

export const eventsPath = '/slack/events';
const windowSeconds = 300; // Slack's advice against replays: five minutes
const ackMs = 2900; // Slack gives up after three seconds

export interface ReceiverOptions {
  readonly http: HttpServer;
  readonly signingSecret: string;
  readonly clock: () => Date;
  readonly log: Log;
}

export function createReceiver({ http, signingSecret, clock, log }: ReceiverOptions): Receiver {
  let app: App | undefined;
  const firstTime = createSeen();

  async function handle(request: HttpRequest): Promise<HttpAnswer> {
    const body = request.body.toString('utf8');
    const form = header(request, 'content-type')?.startsWith('application/x-www-form-urlencoded')
      ? new URLSearchParams(body)
      : undefined;
    if (form?.get('ssl_check') === '1') return { status: 200 };
    if (!isSigned(request, signingSecret, clock())) return { status: 401 };
    if (!app) return { status: 503 }; // stopped: Slack tries again, perhaps with another process
    // The same signature twice is the same request sent again: by someone else, or by Slack within the same second. It is
    // handled once either way; only Slack's own retry is told that all is well.
    if (!firstTime(header(request, 'x-slack-signature') ?? ''))
      return { status: header(request, 'x-slack-retry-num') === undefined ? 401 : 200 };
    const payload = parse(body, form);
    if (!payload) return { status: 400 };
    if (payload.type === 'url_verification') return json({ challenge: payload.challenge });
    return dispatch(payload, request);
  }

  async function dispatch(payload: Record<string, unknown>, request: HttpRequest): Promise<HttpAnswer> {
    const acked = Promise.withResolvers<HttpAnswer>();
    const late = setTimeout(() => acked.resolve({ status: 200 }), ackMs);
    const retry = Number(header(request, 'x-slack-retry-num'));
    const event = {
      body: payload,
      ack: async (response?: unknown) => {
        if (response === undefined || response === '') acked.resolve({ status: 200 });
        else acked.resolve(typeof response === 'string' ? { status: 200, body: response } : json(response));
      },
      ...(Number.isInteger(retry) ? { retryNum: retry } : {}),
    };
    app?.processEvent(event).catch((cause: unknown) => {
      log.error({ err: cause }, 'slack: could not handle a request');
      acked.resolve({ status: 200 });
    });
    return acked.promise.finally(() => clearTimeout(late));
  }

  return {
    init(given) {
      app = given;
      http.route('POST', eventsPath, handle);
    },
    // The shared server listens and closes by itself.
    start: async () => undefined,
    stop: async () => {
      app = undefined;
    },
  };
}

/** Whether Slack signed these bytes within the last (or, for clocks that differ, the next) five minutes. */
export function isSigned(request: Pick<HttpRequest, 'headers' | 'body'>, secret: string, now: Date): boolean {
  const timestamp = header(request, 'x-slack-request-timestamp') ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) return false;
  const given = Buffer.from(header(request, 'x-slack-signature') ?? '');
  const hmac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(request.body).digest('hex');
  const expected = Buffer.from(`v0=${hmac}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function parse(body: string, form: URLSearchParams | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = form?.has('payload')
      ? JSON.parse(form.get('payload') ?? '')
      : form
        ? Object.fromEntries(form)
        : JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined; // not JSON: the answer says so
  }
}

function header(request: Pick<HttpRequest, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

const json = (value: unknown): HttpAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});
