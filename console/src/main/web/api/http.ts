/** Requests to where this page came from, and refusals in the words of whoever refused. */

/** A problem document (RFC 9457), or what could be made of an answer that is none. */
export interface Problem {
  /** 0 if there was no answer at all. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** The policy rule that refused; empty if none did. */
  readonly rule: string;
  /** Under which the services' logs know more; empty if there is none. */
  readonly requestId: string;
}

export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail === '' ? problem.title : problem.detail);
    this.problem = problem;
  }
}

const TIMEOUT_MS = 15_000;
const DETAIL_MAX = 1_000;

const textOf = (json: Readonly<Record<string, unknown>>, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = json[name];
    if (typeof value === 'string') return value;
  }
  return '';
};

const TITLES: Readonly<Record<number, string>> = {
  401: 'Not signed in',
  403: 'Forbidden',
  404: 'Not found',
  429: 'Too many requests',
  502: 'The service behind the gateway did not answer',
  503: 'Service unavailable',
  504: 'The service behind the gateway took too long',
};

/** Reads an answer that is no success. */
export const problemOf = (status: number, body: string, requestId: string): Problem => {
  const title = TITLES[status] ?? `The request was refused (${status})`;
  const plain = { status, title, detail: body.trim().slice(0, DETAIL_MAX), rule: '', requestId };
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json !== 'object' || json === null) return plain;
    const fields = json as Readonly<Record<string, unknown>>;
    return {
      status,
      title: textOf(fields, 'title') || title,
      detail: textOf(fields, 'detail').slice(0, DETAIL_MAX),
      rule: textOf(fields, 'rule', 'ruleId', 'rule_id'),
      requestId: textOf(fields, 'requestId', 'request_id') || requestId,
    };
  } catch {
    // A page of some proxy helps nobody; a line of text does.
    return body.trimStart().startsWith('<') ? { ...plain, detail: '' } : plain;
  }
};

/** What went wrong, for showing, whatever was thrown. */
export const problemFrom = (thrown: unknown): Problem => {
  if (thrown instanceof Refused) return thrown.problem;
  const none = { status: 0, rule: '', requestId: '' };
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return { ...none, title: 'No answer', detail: 'The gateway did not answer in time.' };
  }
  if (thrown instanceof TypeError) {
    return { ...none, title: 'No connection', detail: 'The gateway cannot be reached.' };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { ...none, title: 'Something went wrong', detail };
};

/** The answer if it is a success; throws `Refused` otherwise. */
export const accepted = async (response: Response): Promise<Response> => {
  if (response.ok) return response;
  const body = await response.text();
  const requestId = response.headers.get('X-Request-Id') ?? '';
  throw new Refused(problemOf(response.status, body, requestId));
};

const send = async (path: string, init: RequestInit): Promise<Response> =>
  accepted(
    await fetch(path, {
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'follow',
      ...init,
      signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
    }),
  );

export const get = async (path: string, signal?: AbortSignal): Promise<unknown> => {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const response = await send(path, {
    headers: { Accept: 'application/json, application/problem+json' },
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  return response.json() as Promise<unknown>;
};

/** Asks for a deed; its answer's body, if any, says nothing that is needed. */
export const post = async (path: string, body?: unknown): Promise<void> => {
  await send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body ?? {}),
  });
};

export const remove = async (path: string): Promise<void> => {
  await send(path, { method: 'DELETE' });
};
