/** The gateway half of the local Discord server: HELLO, IDENTIFY, heartbeats, events in order, RESUME with replay. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

interface Session {
  readonly id: string;
  seq: number;
  readonly log: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket?: WebSocket | undefined;
}

export interface Gateway {
  readonly identifies: number;
  readonly resumes: number;
  readonly connected: boolean;
  /** Sends an event to every session; one whose socket is away gets it when it resumes. */
  dispatch(t: string, d: unknown): void;
  /** Cuts the connections with a close code (4000: reconnect and resume). */
  close(code?: number): void;
  /** Asks clients to reconnect (op 7). */
  askReconnect(): void;
  /** Forgets all sessions: the next RESUME gets op 9. */
  forgetSessions(): void;
  /** While true, new connections are closed at once. */
  refuse(refused: boolean): void;
  /** Waits until a session is ready (or resumed). */
  ready(): Promise<void>;
  stop(): void;
}

export function startGateway(options: {
  readonly http: Server;
  readonly token: () => string;
  readonly url: () => string;
  readonly hello: () => {
    readonly user: unknown;
    readonly application: unknown;
    readonly guilds: readonly { readonly id: string }[];
  };
  readonly note: (problem: string) => void;
}): Gateway {
  const sockets = new WebSocketServer({ server: options.http, path: '/gateway' });
  const sessions = new Map<string, Session>();
  let identifies = 0;
  let resumes = 0;
  let refused = false;
  let waiting: (() => void)[] = [];
  const becameReady = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };

  sockets.on('connection', (socket) => {
    if (refused) return socket.close(1013);
    let session: Session | undefined;
    let sent = 0;
    socket.on('error', () => {}); // a client that vanishes: its session stays for a resume
    send(socket, { op: 10, d: { heartbeat_interval: 41_250 }, s: null, t: null });
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Record<string, unknown> };
      sent += 1;
      if (sent > 120) options.note('gateway: more than 120 messages in a minute');
      if (op === 1) return send(socket, { op: 11 });
      if (op === 2) {
        identifies += 1;
        if (d.token !== options.token()) return socket.close(4004, 'Authentication failed.');
        if (d.intents !== 1) options.note(`gateway: intents ${d.intents}, expected Guilds (1) alone`);
        session = { id: `session-${identifies}`, seq: 0, log: [], socket };
        sessions.set(session.id, session);
        const { user, application, guilds } = options.hello();
        deliver(session, 'READY', {
          v: 10,
          user,
          application,
          guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
          session_id: session.id,
          resume_gateway_url: options.url(),
          shard: d.shard ?? [0, 1],
        });
        for (const guild of guilds) deliver(session, 'GUILD_CREATE', guild);
        becameReady();
        return;
      }
      if (op === 6) {
        resumes += 1;
        session = sessions.get(String(d.session_id));
        if (!session || d.token !== options.token()) return send(socket, { op: 9, d: false });
        session.socket = socket;
        for (const event of session.log.filter(({ s }) => s > Number(d.seq))) send(socket, { op: 0, ...event });
        deliver(session, 'RESUMED', {});
        becameReady();
      }
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  });

  return {
    get identifies() {
      return identifies;
    },
    get resumes() {
      return resumes;
    },
    get connected() {
      return [...sessions.values()].some((session) => session.socket);
    },
    dispatch(t, d) {
      for (const session of sessions.values()) deliver(session, t, d);
    },
    close(code = 4000) {
      for (const client of sockets.clients) client.close(code);
    },
    askReconnect() {
      for (const client of sockets.clients) send(client, { op: 7, d: null });
    },
    forgetSessions: () => sessions.clear(),
    refuse(value) {
      refused = value;
    },
    ready: () =>
      [...sessions.values()].some((session) => session.socket)
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push(resolve)),
    stop() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function deliver(session: Session, t: string, d: unknown): void {
  session.seq += 1;
  const event = { t, s: session.seq, d };
  session.log.push(event);
  if (session.log.length > 1000) session.log.shift();
  if (session.socket) send(session.socket, { op: 0, ...event });
}

function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}
