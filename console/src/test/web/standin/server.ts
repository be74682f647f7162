/**
 * Stands in for the gateway: serves the built console under the strict policy, and answers the API
 * in the words of decision 0012 from a made-up cluster.
 */

import { readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, normalize, resolve } from 'node:path';
import { type Json, type Made, type Size, clusterOf, servicesOf } from './cluster.ts';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; font-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

export const PASSWORD = 'correct horse battery';

const BUILT = resolve('target/classes/META-INF/resources/console');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const BEAT_MS = 2_000;

export interface Setting {
  readonly size?: Size;
  readonly open?: boolean;
  /** Below which path the console is served. */
  readonly base?: string;
}

export class StandIn {
  readonly made: Made;
  /** What was asked to be killed, as `framework/task`. */
  readonly kills: string[] = [];
  /** The `Last-Event-ID` of each connection to the stream, `''` for none. */
  readonly connections: string[] = [];
  readonly outputs = new Map<string, Buffer>();
  /** How the stream answers: whole, not at all (503), or without ever a word. */
  mode: 'well' | 'away' | 'silent' = 'well';
  killsAreRefused = false;
  signedIn: boolean;

  private readonly server: Server;
  private readonly setting: Setting;
  private readonly streams = new Set<ServerResponse>();
  private readonly past: string[] = [];
  private readonly beat: NodeJS.Timeout;
  private version = 100;

  constructor(setting: Setting = {}) {
    this.setting = setting;
    this.made = clusterOf(setting.size ?? { agents: 24, frameworks: 5, tasks: 300 });
    this.signedIn = setting.open === true;
    this.server = createServer((request, response) => this.answer(request, response));
    this.beat = setInterval(() => this.sendBeat(), BEAT_MS);
  }

  start(): Promise<void> {
    return new Promise((done) => this.server.listen(0, '127.0.0.1', done));
  }

  async stop(): Promise<void> {
    clearInterval(this.beat);
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  get address(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}${this.setting.base ?? '/'}`;
  }

  /** Tells all readers of a change, and remembers it for those who come back. */
  change(records: Json): void {
    this.version++;
    const data = JSON.stringify({ time: new Date().toISOString(), ...records });
    const text = `event: change\nid: 1-${this.version}\ndata: ${data}\n\n`;
    this.past.push(text);
    for (const stream of this.streams) stream.write(text);
  }

  /** Breaks all connections to the stream. */
  breakStreams(): void {
    for (const stream of this.streams) stream.destroy();
    this.streams.clear();
  }

  write(agent: string, path: string, text: string | Buffer): void {
    const name = `${agent} ${path}`;
    const more = typeof text === 'string' ? Buffer.from(text) : text;
    this.outputs.set(name, Buffer.concat([this.outputs.get(name) ?? Buffer.alloc(0), more]));
  }

  private sendBeat(): void {
    if (this.mode !== 'well') return;
    const text = `event: beat\ndata: {"time":"${new Date().toISOString()}"}\n\n`;
    for (const stream of this.streams) stream.write(text);
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://stand.in');
    const route = `${request.method} ${url.pathname}`;
    if (url.pathname === '/api/gateway/v1/session') return this.session(request, response);
    const isApi = /^\/(api|agents)\//.test(url.pathname);
    if (isApi && !this.signedIn) return refuse(response, 401, 'Unauthorized', 'Say who you are.');
    if (route === 'GET /api/meseta/v1/events') return this.stream(request, response);
    if (route === 'GET /api/gateway/v1/services') return this.services(response);
    const kill = /^POST \/api\/meseta\/v1\/tasks\/([^/]+)\/([^/]+):kill$/.exec(route);
    if (kill !== null) return this.kill(response, decodeURIComponent(`${kill[1]}/${kill[2]}`));
    const read = /^GET \/agents\/([^/]+)\/files\/read$/.exec(route);
    if (read !== null) return this.read(response, decodeURIComponent(read[1] ?? ''), url);
    return this.file(response, url.pathname);
  }

  private services(response: ServerResponse): void {
    const fresh = this.mode === 'well';
    json(response, 200, { ageSeconds: fresh ? 0.4 : 31.2, fresh, services: servicesOf(this.made) });
  }

  private session(request: IncomingMessage, response: ServerResponse): void {
    if (this.setting.open === true)
      return json(response, 200, { name: '', kind: 'anonymous', groups: [], open: true });
    if (request.method === 'DELETE') {
      this.signedIn = false;
      return void response.writeHead(204).end();
    }
    if (request.method === 'GET') {
      if (!this.signedIn) return refuse(response, 401, 'Unauthorized', 'Nobody is signed in.');
      return json(response, 200, {
        name: 'alice',
        kind: 'user',
        groups: ['operators'],
        open: false,
      });
    }
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { name, password } = JSON.parse(body) as { name: string; password: string };
      if (name !== 'alice' || password !== PASSWORD) {
        return refuse(response, 401, 'Unauthorized', 'No such user, or another password.');
      }
      this.signedIn = true;
      response.writeHead(204).end();
      return undefined;
    });
  }

  private stream(request: IncomingMessage, response: ServerResponse): void {
    const last = String(request.headers['last-event-id'] ?? '');
    this.connections.push(last);
    if (this.mode === 'away') {
      return refuse(response, 503, 'Service unavailable', 'No master leads at this moment.');
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    if (this.mode === 'silent') return void response.flushHeaders();
    const missed = /^1-(\d+)$/.exec(last);
    if (missed === null) {
      const data = JSON.stringify({ time: new Date().toISOString(), ...this.made });
      response.write(`event: snapshot\nid: 1-${this.version}\ndata: ${data}\n\n`);
    } else {
      this.past.slice(Number(missed[1]) - 100).forEach((text) => response.write(text));
    }
    return undefined;
  }

  private kill(response: ServerResponse, key: string): void {
    this.kills.push(key);
    if (this.killsAreRefused) {
      return refuse(response, 403, 'Forbidden', 'alice may not kill tasks of role web.', {
        rule: 'operators-do-not-touch-web',
        requestId: 'f3b1c9d2',
      });
    }
    json(response, 202, {});
    const task = this.made.tasks.find((each) => `${each['framework']}/${each['id']}` === key);
    const statuses = (task?.['statuses'] ?? []) as Json[];
    const status = {
      state: 'TASK_KILLING',
      at: new Date().toISOString(),
      message: 'Asked for by alice.',
    };
    this.change({ tasks: [{ ...task, state: 'TASK_KILLING', statuses: [...statuses, status] }] });
    return undefined;
  }

  private read(response: ServerResponse, agent: string, url: URL): void {
    const file = this.outputs.get(`${agent} ${url.searchParams.get('path')}`);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const offset = Number(url.searchParams.get('offset') ?? -1);
    const length = Math.min(65_536, Number(url.searchParams.get('length') ?? 65_536));
    if (offset < 0) return json(response, 200, { data: '', offset: file.length });
    const data = file.subarray(offset, offset + length).toString('utf8');
    return json(response, 200, { data, offset });
  }

  private file(response: ServerResponse, path: string): void {
    const base = this.setting.base ?? '/';
    const name = normalize(path.slice(base.length) || 'index.html');
    const type = TYPES[extname(name)];
    try {
      if (!path.startsWith(base) || name.startsWith('..') || type === undefined) throw new Error();
      const bytes = readFileSync(resolve(BUILT, name));
      response.writeHead(200, {
        'Content-Type': type,
        'Content-Security-Policy': POLICY,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      });
      response.end(bytes);
    } catch {
      refuse(response, 404, 'Not found', 'There is nothing at this path.');
    }
  }
}

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
};

const refuse = (
  response: ServerResponse,
  status: number,
  title: string,
  detail: string,
  more: Json = {},
): void => {
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'urn:meseta:problem:x', status, title, detail, ...more }));
};
