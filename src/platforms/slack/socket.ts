/**
 * Keeps a Socket Mode connection, whatever happens to it.
 *
 * socket-mode 3.1.0 can reconnect by itself, but waits seconds before it does, and a stop or a network fault in that time
 * rejects a promise that nobody holds, which ends the process. So its own reconnecting is off, and this loop does it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from './log.ts';

type Client = SocketModeReceiver['client'];

export interface Connection {
  /** Resolves with the first connection. @throws Error when Slack refuses the app token. */
  readonly ready: Promise<void>;
  /** `connected`, or what is wrong. */
  state(): string;
  stop(): Promise<void>;
}

const helloMs = 15_000; // a socket that says nothing for so long is not going to
const closeMs = 2000; // patience with the other side's goodbye
const longestPauseMs = 30_000;

/** Slack will not let this token in: trying again at once does not help. */
const refused = /invalid_auth|not_authed|account_inactive|token_revoked|not_allowed_token_type|missing_scope/;

export function keepConnected(client: Client, log: Log): Connection {
  const stopping = new AbortController();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined); // whoever waits hears of it; nobody has to wait
  let state = 'connecting';
  let failures = 0;

  async function greeted(): Promise<void> {
    const timer = setTimeout(() => void client.disconnect().catch(() => undefined), helloMs);
    await client.start().finally(() => clearTimeout(timer));
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const ended = Promise.withResolvers<unknown>();
      client.once('disconnected', ended.resolve);
      try {
        await greeted();
        if (stopping.signal.aborted) {
          // The stop came while the address was asked for, when there was no socket yet that it could close.
          await client.disconnect();
          break;
        }
        state = 'connected';
        failures = 0;
        log.info({}, 'slack: connected');
        ready.resolve();
        await ended.promise;
        if (stopping.signal.aborted) break;
        state = 'reconnecting';
        log.info({}, 'slack: the connection ended; connecting again');
      } catch (cause) {
        client.off('disconnected', ended.resolve);
        if (stopping.signal.aborted) break;
        // The client rejects with nothing at all when a socket closes before its greeting.
        const reason = cause instanceof Error ? cause.message : 'the connection closed at once';
        const isRefused = refused.test(reason);
        if (isRefused) ready.reject(new Error(`Slack refused the app token (SLACK_APP_TOKEN): ${reason}`, { cause }));
        failures++;
        state = isRefused ? `Slack refuses the app token: ${reason}` : `not connected: ${reason}`;
        log.warn({ failures }, `slack: ${state}`);
        const pause = isRefused ? longestPauseMs : Math.min(longestPauseMs, 250 * 2 ** Math.min(failures, 8));
        // Spread, so that many processes do not come back in step.
        await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const running = loop();
  return {
    ready: ready.promise,
    state: () => state,
    async stop() {
      stopping.abort();
      state = 'stopped';
      ready.reject(new Error('slack: stopped before it was connected'));
      const closed = Promise.resolve(client.disconnect()).then(() => running);
      await Promise.race([closed, sleep(closeMs, undefined, { ref: false })]).catch(() => undefined);
    },
  };
}
