/** From the stream's JSON to records. Unknown fields are passed over, absent ones are empty. */

import type { ClusterEvent } from './cluster.ts';
import type {
  Agent,
  Discovery,
  Framework,
  Port,
  Resources,
  Status,
  Task,
  Texts,
} from './records.ts';

/** Says that a message is not what the stream's contract promises. */
export class Malformed extends Error {}

type Json = Readonly<Record<string, unknown>>;

const isObject = (json: unknown): json is Json =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const objectOf = (json: unknown, what: string): Json => {
  if (!isObject(json)) throw new Malformed(`${what} is not an object`);
  return json;
};

const textOf = (json: Json, name: string): string => {
  const value = json[name];
  return typeof value === 'string' ? value : '';
};

const idOf = (json: Json, name: string, what: string): string => {
  const value = json[name];
  if (typeof value !== 'string' || value === '') throw new Malformed(`${what} has no ${name}`);
  return value;
};

const numberOf = (json: Json, name: string): number => {
  const value = json[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
};

const listOf = <T>(json: Json, name: string, each: (item: unknown) => T): T[] => {
  const value = json[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Malformed(`${name} is not a list`);
  return value.map(each);
};

const isText = (value: unknown): value is string => typeof value === 'string';

const resourcesOf = (json: unknown): Resources => {
  const resources: Record<string, number | string> = {};
  if (!isObject(json)) return resources;
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === 'number' || typeof value === 'string') resources[name] = value;
  }
  return resources;
};

/** An object of texts, or Mesos' list of `{key, value}`. */
const textsOf = (json: unknown): Texts => {
  const texts: Record<string, string> = {};
  if (Array.isArray(json)) {
    for (const item of json) {
      if (isObject(item) && isText(item['key'])) texts[item['key']] = textOf(item, 'value');
    }
  } else if (isObject(json)) {
    for (const [name, value] of Object.entries(json)) {
      texts[name] = isText(value) ? value : JSON.stringify(value);
    }
  }
  return texts;
};

const agentOf = (item: unknown): Agent => {
  const json = objectOf(item, 'an agent');
  return {
    id: idOf(json, 'id', 'an agent'),
    hostname: textOf(json, 'hostname'),
    url: textOf(json, 'url'),
    state: textOf(json, 'state'),
    version: textOf(json, 'version'),
    registeredAt: textOf(json, 'registered_at'),
    total: resourcesOf(json['total']),
    used: resourcesOf(json['used']),
    attributes: textsOf(json['attributes']),
  };
};

const frameworkOf = (item: unknown): Framework => {
  const json = objectOf(item, 'a framework');
  return {
    id: idOf(json, 'id', 'a framework'),
    name: textOf(json, 'name'),
    user: textOf(json, 'user'),
    principal: textOf(json, 'principal'),
    roles: listOf(json, 'roles', String),
    state: textOf(json, 'state'),
    registeredAt: textOf(json, 'registered_at'),
    tasks: numberOf(json, 'tasks'),
    webuiUrl: textOf(json, 'webui_url'),
  };
};

const statusOf = (item: unknown): Status => {
  const json = objectOf(item, 'a status');
  return {
    state: textOf(json, 'state'),
    at: textOf(json, 'at'),
    reason: textOf(json, 'reason'),
    source: textOf(json, 'source'),
    message: textOf(json, 'message'),
  };
};

const portOf = (item: unknown): Port => {
  const json = objectOf(item, 'a port');
  return {
    number: numberOf(json, 'number'),
    name: textOf(json, 'name'),
    protocol: textOf(json, 'protocol'),
    labels: textsOf(json['labels']),
  };
};

const discoveryOf = (json: Json): Discovery => ({
  name: textOf(json, 'name'),
  visibility: textOf(json, 'visibility'),
  environment: textOf(json, 'environment'),
  location: textOf(json, 'location'),
  version: textOf(json, 'version'),
  ports: listOf(json, 'ports', portOf),
});

const taskOf = (item: unknown): Task => {
  const json = objectOf(item, 'a task');
  const healthy = json['healthy'];
  const service = json['service'];
  return {
    framework: idOf(json, 'framework', 'a task'),
    id: idOf(json, 'id', 'a task'),
    name: textOf(json, 'name'),
    agent: textOf(json, 'agent'),
    executor: textOf(json, 'executor'),
    role: textOf(json, 'role'),
    state: textOf(json, 'state'),
    healthy: typeof healthy === 'boolean' ? healthy : null,
    resources: resourcesOf(json['resources']),
    statuses: listOf(json, 'statuses', statusOf),
    labels: textsOf(json['labels']),
    service: isObject(service) ? discoveryOf(service) : null,
    addresses: listOf(json, 'addresses', String),
    user: textOf(json, 'user'),
    command: textOf(json, 'command'),
  };
};

const parse = (data: string): Json => {
  try {
    return objectOf(JSON.parse(data), 'an event');
  } catch (thrown) {
    if (thrown instanceof Malformed) throw thrown;
    throw new Malformed('an event is not JSON');
  }
};

/** What a message of the stream says, or nothing if this console does not know its kind. */
export const eventOf = (type: string, data: string): ClusterEvent | null => {
  switch (type) {
    case 'snapshot':
    case 'change': {
      const json = parse(data);
      const gone = isObject(json['gone']) ? json['gone'] : {};
      return {
        type,
        time: textOf(json, 'time'),
        agents: listOf(json, 'agents', agentOf),
        frameworks: listOf(json, 'frameworks', frameworkOf),
        tasks: listOf(json, 'tasks', taskOf),
        gone: {
          agents: listOf(gone, 'agents', String),
          frameworks: listOf(gone, 'frameworks', String),
          tasks: listOf(gone, 'tasks', (item) => {
            const task = objectOf(item, 'a task that is gone');
            return { framework: textOf(task, 'framework'), id: textOf(task, 'id') };
          }),
        },
      };
    }
    case 'beat':
      return { type, time: textOf(parse(data), 'time') };
    case 'end':
      return { type, reason: textOf(parse(data), 'reason') };
    default:
      return null;
  }
};
