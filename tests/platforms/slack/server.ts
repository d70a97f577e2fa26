/**
 * A small, strict Slack on this machine: Web API, Socket Mode, signed HTTP events and `response_url`s. It plays the
 * people too (`slash`, `press`, `submit`, `mention` ...), and it can misbehave on request: 429, a 503 after the message
 * was stored, dropped sockets, redelivery. It listens on the loopback address only.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { callMethod, postProblem, type SlackState, store, type View } from './webapi.ts';
import {
  addChannel,
  type Channel,
  createWorkspace,
  everyScope,
  type Json,
  type StoredMessage,
  type Workspace,
} from './workspaces.ts';

export type { Channel, Json, StoredMessage, Workspace };

/** Milliseconds in which Slack wants an acknowledgement. */
const ACK_MS = 3000;

export interface Call {
  readonly method: string;
  readonly args: Json;
  readonly at: number;
  readonly answer: Json;
}

/** A message that came through a `response_url`. */
export interface Answered {
  readonly visibility: 'private' | 'public';
  readonly text: string;
  readonly blocks: Json[];
  readonly sent: Json;
}

/** Something that a person did, and what the bot made of it. */
export interface Asked {
  /** Milliseconds until it was acknowledged. */
  readonly ackMs: number;
  /** What came back with the acknowledgement. */
  readonly ack: Json;
  /** What came through the `response_url` so far. */
  readonly answers: readonly Answered[];
  /** Waits for the n-th answer (the first by default). */
  answer(n?: number): Promise<Answered>;
}

export interface Who {
  readonly user?: string;
  readonly channel?: string;
  readonly team?: string;
  /** Sends this trigger instead of a fresh one: Slack delivering again. */
  readonly trigger?: string;
}

/** A way the server fails the next calls of a method. */
export interface Fault {
  readonly status?: number;
  /** Seconds, with 429. */
  readonly retryAfter?: number;
  /** An API error instead of an HTTP one: `fatal_error`. */
  readonly error?: string;
  /** Do what was asked first: the answer is what gets lost. */
  readonly afterStoring?: boolean;
  /** Destroy the connection instead of answering. */
  readonly hangUp?: boolean;
  readonly times?: number;
}

export interface SlackServer {
  /** For `slackApiUrl`. */
  readonly url: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The first workspace, `T1`. */
  readonly workspace: Workspace;
  readonly calls: readonly Call[];
  /** Sockets that are open now. */
  readonly sockets: number;
  addWorkspace(id: string, name?: string, scopes?: readonly string[]): Workspace;
  addChannel(channel: Partial<Channel> & { id: string; name: string }, team?: string): Channel;
  channel(id: string, team?: string): Channel;
  view(id?: string): View | undefined;
  home(user: string, team?: string): Json | undefined;

  /** Sends events by signed HTTP to this address from now on, instead of over the socket. */
  deliverTo(url: string): void;
  /** Headers of a signed request, for tests that send their own. */
  sign(body: string, options?: { secret?: string; atMs?: number }): Record<string, string>;

  slash(command: string, text?: string, who?: Who): Promise<Asked>;
  /** Presses a button (or picks a choice) in a message, view or home, found by its label. */
  press(on: { readonly blocks: readonly Json[]; readonly view?: View }, label: string, who?: Who): Promise<Asked>;
  action(action: Json, who?: Who & { readonly view?: View; readonly home?: boolean }): Promise<Asked>;
  /** Asks for suggestions in an external select. */
  suggest(actionId: string, typed: string, who?: Who & { readonly view?: View }): Promise<Json[]>;
  /** Sends a form; values by block id: text, or an option's value. */
  submit(view: View, values: Readonly<Record<string, Json>>, who?: Who): Promise<Asked>;
  shortcut(callbackId: string, who?: Who & { readonly message?: string }): Promise<Asked>;
  event(event: Json, options?: { team?: string; eventId?: string; retry?: number }): Promise<Asked>;
  mention(text: string, who?: Who): Promise<Asked>;
  direct(text: string, who?: Who): Promise<Asked>;

  fail(method: string, fault: Fault): void;
  /** Tells the client to reconnect, as Slack does when it moves a connection. */
  disconnect(reason?: string): void;
  /** Cuts every socket without a word. */
  dropConnections(): void;
  /** Refuses new connections with 503 until called with false. */
  outage(on: boolean): void;
  oauthCode(team: string): string;
  waitFor<T>(look: () => T | undefined | false | null, what?: string, timeoutMs?: number): Promise<T>;
  stop(): Promise<void>;
}

export async function startSlackServer(
  options: {
    readonly scopes?: readonly string[];
    readonly port?: number;
    /** Posts in one workspace; a fifteenth of them may come at once. Default: any number. */
    readonly postsPerMinute?: number;
    /** Keep only so many calls: for load. */
    readonly callsKept?: number;
    /** Hears of each post when it is answered. */
    readonly observe?: (team: string | undefined, status: number) => void;
  } = {},
): Promise<SlackServer> {
  const signingSecret = 'local-signing-secret';
  const workspaces = new Map<string, Workspace>();
  const addWorkspace = (id: string, name = `team-${id.toLowerCase()}`, scopes: readonly string[] = everyScope) => {
    const made = createWorkspace(id, name, scopes);
    workspaces.set(id, made);
    return made;
  };
  const workspace = addWorkspace('T1', 'newsroom', options.scopes ?? everyScope);

  const calls: Call[] = [];
  const faults = new Map<string, { fault: Fault; left: number }>();
  const responses = new Map<string, { answers: Answered[]; team: string; channel: string; expires: number }>();
  const paced = new Map<string, { tokens: number; at: number }>();
  const tickets = new Set<string>();
  const pending = new Map<string, (payload: Json) => void>();
  let down = false;
  let deliverUrl: string | undefined;

  const http: Server = createServer((request, response) => {
    handle(request, response).catch((cause: unknown) => {
      response.statusCode = 500;
      response.end(String(cause));
    });
  });
  const sockets = new WebSocketServer({ noServer: true });
  http.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (down || !tickets.delete(ticket)) return socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (ws) => {
      ws.on('message', (data) => {
        const frame = JSON.parse(String(data)) as { envelope_id: string; payload?: Json };
        pending.get(frame.envelope_id)?.(frame.payload ?? {});
      });
      ws.send(
        JSON.stringify({ type: 'hello', num_connections: sockets.clients.size, connection_info: { app_id: 'A1' } }),
      );
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;

  const state: SlackState = {
    workspaces,
    views: new Map(),
    triggers: new Map(),
    homes: new Map(),
    codes: new Map(),
    refresh: new Map(),
    oauth: { clientId: '111.222', clientSecret: 'local-client-secret' },
    appToken: 'xapp-1-A1-0123456789',
    socketUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `ws://127.0.0.1:${port}/link?ticket=${ticket}`;
    },
  };

  // ---------------------------------------------------------------- requests of the bot

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const path = new URL(request.url ?? '/', base).pathname;
    const answer = (status: number, value: Json, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(value));
    };
    if (down) return answer(503, { ok: false, error: 'service_unavailable' });
    if (path.startsWith('/response/')) {
      const { status, error } = respond(path.slice('/response/'.length), JSON.parse(body) as Json);
      return answer(status, error ? { ok: false, error } : { ok: true });
    }
    const method = path.replace('/api/', '');
    const args = readArguments(request, body);
    const fault = takeFault(method);
    if (fault?.hangUp && !fault.afterStoring) return void response.destroy();
    if (fault?.status === 429)
      return answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter ?? 1) });
    if (fault?.status && !fault.afterStoring) return answer(fault.status, { ok: false });
    if (fault?.error) return record({ ok: false, error: fault.error });
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? (args.token as string | undefined);
    if (method === 'chat.postMessage') {
      const team = [...workspaces.values()].find(({ botToken }) => botToken === token)?.id;
      const isOver = overPace(String(args.channel)) || overRate(team);
      options.observe?.(team, isOver ? 429 : 200);
      if (isOver) return answer(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' });
    }
    const result = callMethod(method, args, token, state);
    if (fault?.afterStoring) {
      calls.push({ method, args, at: Date.now(), answer: { ok: false, lost: result.answer } });
      return fault.hangUp ? void response.destroy() : answer(fault.status ?? 503, { ok: false });
    }
    const scopes = result.workspace ? { 'x-oauth-scopes': [...result.workspace.scopes].join(',') } : {};
    record(result.answer, scopes);

    function record(value: Json, headers: Record<string, string> = {}): void {
      calls.push({ method, args, at: Date.now(), answer: value });
      if (calls.length > (options.callsKept ?? Number.POSITIVE_INFINITY)) calls.splice(0, calls.length / 2);
      answer(200, value, headers);
    }
  }

  function takeFault(method: string): Fault | undefined {
    const entry = faults.get(method);
    if (!entry || entry.left === 0) return undefined;
    entry.left--;
    return entry.fault;
  }

  /** One message a second in a channel, with bursts of five. */
  const overPace = (channel: string): boolean => over(`channel ${channel}`, 1, 5);

  function overRate(team: string | undefined): boolean {
    const { postsPerMinute } = options;
    return postsPerMinute !== undefined && over(`team ${team}`, postsPerMinute / 60, postsPerMinute / 15);
  }

  /** A bucket that refills so fast and holds so many. */
  function over(name: string, perSecond: number, most: number): boolean {
    const now = performance.now();
    const was = paced.get(name) ?? { tokens: most, at: now };
    const tokens = Math.min(most, was.tokens + ((now - was.at) / 1000) * perSecond);
    paced.set(name, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens < 1;
  }

  function respond(id: string, sent: Json): { status: number; error?: string } {
    const url = responses.get(id);
    if (!url || url.expires < Date.now()) return { status: 404, error: 'expired_url' };
    if (url.answers.length >= 5) return { status: 404, error: 'used_url' };
    const problem = postProblem(sent);
    if (problem) return { status: 400, error: JSON.stringify(problem) };
    const visibility = sent.response_type === 'in_channel' ? 'public' : 'private';
    const blocks = (sent.blocks ?? []) as Json[];
    url.answers.push({ visibility, text: String(sent.text ?? ''), blocks, sent });
    const home = workspaces.get(url.team);
    const channel = home?.channels.get(url.channel);
    if (visibility === 'public' && home && channel) store(home, channel, sent);
    return { status: 200 };
  }

  // ---------------------------------------------------------------- what people do

  const where = (who: Who) => ({ team: who.team ?? 'T1', user: who.user ?? 'U1', channel: who.channel ?? 'C1' });
  const userName = (team: string, user: string) => workspaces.get(team)?.people.get(user)?.name ?? user;

  function trigger(who: Who): string {
    const { team, user } = where(who);
    const id = who.trigger ?? `${Date.now()}.${randomUUID()}`;
    if (!state.triggers.has(id)) state.triggers.set(id, { team, user, expires: Date.now() + ACK_MS, used: false });
    return id;
  }

  function responseUrl(who: Who): { url: string; answers: Answered[] } {
    const { team, channel } = where(who);
    const id = randomUUID();
    const answers: Answered[] = [];
    responses.set(id, { answers, team, channel, expires: Date.now() + 30 * 60_000 });
    return { url: `${base}/response/${id}`, answers };
  }

  const asked = (sent: { ms: number; ack: Json }, answers: Answered[]): Asked => ({
    ackMs: sent.ms,
    ack: sent.ack,
    answers,
    answer: (n = 1) => waitFor(() => answers[n - 1], `answer ${n}`),
  });

  async function send(type: string, payload: Json, retry?: number): Promise<{ ms: number; ack: Json }> {
    const started = performance.now();
    const ack =
      deliverUrl === undefined ? await overSocket(type, payload, retry) : await overHttp(type, payload, retry);
    return { ms: performance.now() - started, ack };
  }

  async function overSocket(type: string, payload: Json, retry?: number): Promise<Json> {
    const socket = await waitFor(() => [...sockets.clients].find((one) => one.readyState === 1), 'a connected socket');
    const envelope_id = randomUUID();
    const acked = Promise.withResolvers<Json>();
    pending.set(envelope_id, acked.resolve);
    const retried = retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
    const accepts_response_payload = type !== 'events_api';
    socket.send(JSON.stringify({ envelope_id, type, payload, accepts_response_payload, ...retried }));
    try {
      return await within(ACK_MS, acked.promise, `no acknowledgement of ${type} in ${ACK_MS} ms`);
    } finally {
      pending.delete(envelope_id);
    }
  }

  async function overHttp(type: string, payload: Json, retry?: number): Promise<Json> {
    const json = type === 'events_api';
    const form = type === 'slash_commands' ? payload : { payload: JSON.stringify(payload) };
    const body = json ? JSON.stringify(payload) : new URLSearchParams(form as Record<string, string>).toString();
    const response = await fetch(deliverUrl ?? '', {
      method: 'POST',
      body,
      headers: {
        'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
        ...sign(body),
        ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
      },
      signal: AbortSignal.timeout(ACK_MS),
    });
    if (response.status !== 200) throw new Error(`the bot answered ${response.status} to ${type}`);
    const text = await response.text();
    return text.startsWith('{') ? (JSON.parse(text) as Json) : text ? { text } : {};
  }

  function sign(body: string, { secret = signingSecret, atMs = Date.now() } = {}): Record<string, string> {
    const timestamp = String(Math.floor(atMs / 1000));
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
  }

  const frame = (who: Who): Json => {
    const { team, user } = where(who);
    return {
      team: { id: team, domain: workspaces.get(team)?.name ?? team },
      user: { id: user, username: userName(team, user), team_id: team },
      api_app_id: 'A1',
      token: 'legacy-verification-token',
      is_enterprise_install: false,
      enterprise: null,
    };
  };

  async function action(given: Json, who: Who & { view?: View; home?: boolean } = {}): Promise<Asked> {
    const { team, channel } = where(who);
    const response = responseUrl(who);
    const inView = who.view ?? who.home;
    const name = workspaces.get(team)?.channels.get(channel)?.name ?? channel;
    const surface: Json = inView
      ? {
          container: { type: 'view' },
          view: who.view
            ? { id: who.view.id, hash: 'h', state: { values: {} }, ...who.view.view }
            : { id: 'VHOME', hash: 'h', type: 'home', state: { values: {} }, private_metadata: '', callback_id: '' },
        }
      : {
          container: { type: 'message', channel_id: channel, is_ephemeral: true },
          channel: { id: channel, name },
          response_url: response.url,
        };
    const payload = {
      type: 'block_actions',
      ...frame(who),
      ...surface,
      trigger_id: trigger(who),
      actions: [{ block_id: 'b', action_ts: String(Date.now() / 1000), ...given }],
    };
    return asked(await send('interactive', payload), response.answers);
  }

  async function event(
    given: Json,
    { team = 'T1', eventId = `Ev${randomUUID()}`, retry = undefined as number | undefined } = {},
  ) {
    const payload = {
      type: 'event_callback',
      token: 'legacy-verification-token',
      team_id: team,
      api_app_id: 'A1',
      event: { event_ts: String(Date.now() / 1000), ...given },
      event_id: eventId,
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [{ team_id: team, enterprise_id: null, user_id: workspaces.get(team)?.botUser, is_bot: true }],
    };
    return asked(await send('events_api', payload, retry), []);
  }

  const spoken = (type: string, text: string, who: Who, more: Json) => {
    const { team, user, channel } = where(who);
    const ts = `${Math.floor(Date.now() / 1000)}.${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;
    return event({ type, user, text, ts, channel, team, ...more }, { team });
  };

  const api: SlackServer = {
    url: `${base}/api/`,
    botToken: workspace.botToken,
    appToken: state.appToken,
    signingSecret,
    ...state.oauth,
    workspace,
    calls,
    get sockets() {
      return [...sockets.clients].filter((one) => one.readyState === 1).length;
    },
    addWorkspace,
    addChannel: (channel, team = 'T1') => addChannel(known(workspaces.get(team), team), channel),
    channel: (id, team = 'T1') => known(workspaces.get(team)?.channels.get(id), id),
    view: (id) => (id === undefined ? [...state.views.values()].at(-1) : state.views.get(id)),
    home: (user, team = 'T1') => state.homes.get(`${team}:${user}`),
    deliverTo(url) {
      deliverUrl = url;
    },
    sign,

    async slash(command, text = '', who = {}) {
      const { team, user, channel } = where(who);
      const response = responseUrl(who);
      const payload = {
        token: 'legacy-verification-token',
        team_id: team,
        team_domain: workspaces.get(team)?.name ?? team,
        channel_id: channel,
        channel_name: workspaces.get(team)?.channels.get(channel)?.name ?? channel,
        user_id: user,
        user_name: userName(team, user),
        command,
        text,
        api_app_id: 'A1',
        is_enterprise_install: 'false',
        response_url: response.url,
        trigger_id: trigger(who),
      };
      return asked(await send('slash_commands', payload), response.answers);
    },
    press: (on, label, who = {}) => action(pressed(on.blocks, label), on.view ? { ...who, view: on.view } : who),
    action,
    async suggest(actionId, typed, who = {}) {
      const view = who.view ? { view: { id: who.view.id, ...who.view.view } } : { channel: { id: where(who).channel } };
      const payload = {
        type: 'block_suggestion',
        ...frame(who),
        ...view,
        action_id: actionId,
        block_id: 'b',
        value: typed,
      };
      const { ack } = await send('interactive', payload);
      return (ack.options ?? []) as Json[];
    },
    async submit(view, values, who = {}) {
      const byBlock = Object.fromEntries(Object.entries(values).map(([block, value]) => [block, { value }]));
      const payload = {
        type: 'view_submission',
        ...frame(who),
        trigger_id: trigger(who),
        view: { id: view.id, hash: 'h', ...view.view, state: { values: byBlock } },
        response_urls: [],
      };
      const sent = await send('interactive', payload);
      if (sent.ack.response_action === 'update') {
        const { viewProblems } = await import('./blockkit.ts');
        const problems = viewProblems(sent.ack.view);
        if (problems.length > 0) throw new Error(`the view that came with the acknowledgement: ${problems.join('; ')}`);
        view.view = sent.ack.view as Json;
      }
      return asked(sent, []);
    },
    async shortcut(callbackId, who = {}) {
      const { channel } = where(who);
      const response = responseUrl(who);
      const payload: Json = {
        ...frame(who),
        callback_id: callbackId,
        trigger_id: trigger(who),
        action_ts: String(Date.now() / 1000),
        ...(who.message === undefined
          ? { type: 'shortcut' }
          : {
              type: 'message_action',
              channel: { id: channel, name: channel },
              message: { type: 'message', ts: '1.000001', text: who.message, user: 'U2' },
              message_ts: '1.000001',
              response_url: response.url,
            }),
      };
      return asked(await send('interactive', payload), response.answers);
    },
    event,
    mention: (text, who = {}) => {
      const bot = workspaces.get(where(who).team)?.botUser;
      return spoken('app_mention', `<@${bot}> ${text}`, who, {});
    },
    direct: (text, who = {}) =>
      spoken('message', text, { channel: `D${where(who).user.slice(1)}`, ...who }, { channel_type: 'im' }),

    fail(method, fault) {
      faults.set(method, { fault, left: fault.times ?? 1 });
    },
    disconnect(reason = 'refresh_requested') {
      for (const socket of sockets.clients) socket.send(JSON.stringify({ type: 'disconnect', reason }));
    },
    dropConnections() {
      for (const socket of sockets.clients) socket.terminate();
    },
    outage(on) {
      down = on;
    },
    oauthCode(team) {
      const code = randomUUID();
      state.codes.set(code, team);
      return code;
    },
    waitFor,
    async stop() {
      for (const socket of sockets.clients as Set<WebSocket>) socket.terminate();
      http.closeAllConnections();
      await new Promise<void>((resolve) => http.close(() => resolve()));
    },
  };
  return api;
}

/** The payload of a press on the button, or of a pick of the choice, with this label. */
function pressed(blocks: readonly Json[], label: string): Json {
  const elements = blocks.flatMap((block) => [
    ...((block.type === 'actions' ? block.elements : []) as Json[]),
    ...(block.accessory ? [block.accessory as Json] : []),
  ]);
  const textOf = (one: Json) => (one.text as { text?: string } | undefined)?.text;
  for (const element of elements) {
    const { type, action_id, value } = element;
    if (type === 'button' && textOf(element) === label) return { type, action_id, value, text: element.text };
    const choice = ((element.options ?? []) as Json[]).find((one) => textOf(one) === label);
    if (choice) return { type, action_id, selected_option: choice };
  }
  const labels = elements.flatMap((one) => [textOf(one), ...((one.options ?? []) as Json[]).map(textOf)]);
  throw new Error(`expected a button or choice "${label}", got ${JSON.stringify(labels.filter(Boolean))}`);
}

function readArguments(request: IncomingMessage, body: string): Json {
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(body || '{}') as Json;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => {
      if (value === 'true' || value === 'false') return [key, value === 'true'];
      return [key, /^[[{]/.test(value) && ['blocks', 'view', 'metadata'].includes(key) ? JSON.parse(value) : value];
    }),
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

async function within<T>(ms: number, promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<T>();
  const timer = setTimeout(() => late.reject(new Error(what)), ms);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}

/** Looks again and again until there is something; says what was missing when there never is. */
export async function waitFor<T>(
  look: () => T | undefined | false | null,
  what = 'something',
  timeoutMs = 8000,
): Promise<T> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const found = look();
    if (found) return found;
    if (Date.now() > until) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function known<T>(value: T | undefined, id: string): T {
  if (value === undefined) throw new Error(`the local Slack has no ${id}`);
  return value;
}
