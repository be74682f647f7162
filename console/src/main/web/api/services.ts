/** Services, as the gateway routes to them. */

import { get } from './http.ts';

export interface Instance {
  readonly framework: string;
  readonly task: string;
  readonly agent: string;
  readonly address: string;
  /** `null` while nobody knows. */
  readonly healthy: boolean | null;
  /** Whether calls are sent here. */
  readonly live: boolean;
}

export interface Service {
  readonly name: string;
  readonly visibility: string;
  /** How it can be reached around the gateway, in the gateway's words. */
  readonly protection: string;
  /** Each as `name/protocol`, or by its number if it has no name. */
  readonly ports: readonly string[];
  readonly instances: readonly Instance[];
}

export interface Services {
  /** Seconds since the gateway last heard from the master; `null` if it never did. */
  readonly age: number | null;
  /** Whether that is recent enough for the gateway to route calls by it. */
  readonly fresh: boolean;
  readonly services: readonly Service[];
}

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): Json[] =>
  Array.isArray(value)
    ? value.filter((item): item is Json => typeof item === 'object' && item !== null)
    : [];

const text = (json: Json, name: string): string => {
  const value = json[name];
  return typeof value === 'string' ? value : '';
};

const portOf = (json: Json): string =>
  [text(json, 'name') || String(json['number'] ?? ''), text(json, 'protocol')]
    .filter((part) => part !== '')
    .join('/');

const instanceOf = (json: Json): Instance => {
  const healthy = json['healthy'];
  return {
    framework: text(json, 'framework'),
    task: text(json, 'task'),
    agent: text(json, 'agent'),
    address: text(json, 'address'),
    healthy: typeof healthy === 'boolean' ? healthy : null,
    live: json['live'] === true,
  };
};

const serviceOf = (json: Json): Service => ({
  name: text(json, 'name'),
  visibility: text(json, 'visibility'),
  protection: text(json, 'protection'),
  // Instances on one machine each have a number of their own for what is one port to a caller.
  ports: [...new Set(objects(json['ports']).map(portOf))],
  instances: objects(json['instances']).map(instanceOf),
});

export const servicesOf = (answer: unknown): Services => {
  const [json] = objects([answer]);
  const age = json?.['ageSeconds'];
  return {
    age: typeof age === 'number' ? age : null,
    fresh: json?.['fresh'] === true,
    services: objects(json?.['services'])
      .map(serviceOf)
      .filter((service) => service.name !== '')
      .sort((a, b) => a.name.localeCompare(b.name)),
  };
};

export const services = async (signal?: AbortSignal): Promise<Services> =>
  servicesOf(await get('/api/gateway/v1/services', signal));
