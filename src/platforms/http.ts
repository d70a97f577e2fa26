/**
 * One small HTTP server for everything that listens: Discord interactions, Slack events, `/healthz`, `/metrics`.
 * A room brings its route; the server starts when `main.ts` says so.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as they came: signatures are taken over these. */
  readonly body: Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpServer {
  /** Adds a route; exact method and path. Routes may be added before or after `start`. */
  route(method: string, path: string, handler: (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer): void;
  /** Hands a path over as Node gives it, body unread, for libraries that want it so (Bolt). */
  raw(method: string, path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): void;
  start(): Promise<void>;
  /** Stops listening, lets running requests finish. */
  stop(): Promise<void>;
  /** The port it listens on; 0 before `start`. */
  readonly port: number;
}

const bodyLimit = 1024 * 1024; // bytes; the largest interaction either platform sends is far below

/** @param options.log Called with a fault in a handler, which is answered with 500. */
export function createHttpServer(options: {
  readonly host: string;
  readonly port: number;
  readonly log?: (problem: string, cause: unknown) => void;
}): HttpServer {
  const routes = new Map<
    string,
    (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => Promise<void> | void
  >();
  const server = createServer((request, response) => {
    // Not `new URL`: it throws on targets such as "//".
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const handle = routes.get(`${request.method} ${path}`);
    if (handle === undefined) {
      request.resume();
      return send(response, { status: 404, body: 'not found\n' });
    }
    Promise.resolve()
      .then(() => handle(request, response, new URLSearchParams(query)))
      .catch((cause: unknown) => {
        options.log?.(`http: could not answer ${request.method} ${path}`, cause);
        if (!response.headersSent) send(response, { status: 500, body: 'internal error\n' });
        else response.destroy();
      });
  });
  server.requestTimeout = 10_000; // milliseconds for the whole request: a slow sender must not hold a connection

  return {
    route(method, path, handler) {
      routes.set(`${method} ${path}`, async (request, response, query) => {
        const body = await readBody(request);
        if (body === undefined) {
          response.setHeader('connection', 'close');
          return send(response, { status: 413, body: 'too large\n' });
        }
        const { headers } = request;
        send(response, await handler({ method, path, query, headers, body }));
      });
    },
    raw(method, path, handler) {
      routes.set(`${method} ${path}`, handler);
    },
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        if (!server.listening) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? 0;
    },
  };
}

/** The whole body, or undefined when it is over the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    size += (part as Buffer).length;
    if (size > bodyLimit) {
      request.resume();
      return undefined;
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

function send(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...answer.headers });
  response.end(answer.body ?? '');
}
