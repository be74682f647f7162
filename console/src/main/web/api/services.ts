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
  readonly ports: readonly { readonly name: string; readonly protocol: string }[];
  readonly instances: readonly Instance[];
}

type Json = Readonly<Record<string, unknown>>;

const objects = (value: unknown): Json[] =>
  Array.isArray(value)
    ? value.filter((item): item is Json => typeof item === 'object' && item !== null)
    : [];

const text = (json: Json, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = json[name];
    if (typeof value === 'string') return value;
  }
  return '';
};

const instanceOf = (json: Json): Instance => {
  const host = text(json, 'address', 'host');
  const port = json['port'];
  const healthy = json['healthy'];
  return {
    framework: text(json, 'framework'),
    task: text(json, 'task', 'id'),
    agent: text(json, 'agent'),
    address: typeof port === 'number' && !host.endsWith(`:${port}`) ? `${host}:${port}` : host,
    healthy: typeof healthy === 'boolean' ? healthy : null,
    live: typeof json['live'] === 'boolean' ? json['live'] : healthy !== false,
  };
};

/** Reads a list, plain or as the `services` of an object. */
export const servicesOf = (json: unknown): Service[] => {
  const list =
    typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as Json)['services']
      : json;
  return objects(list)
    .map((service) => ({
      name: text(service, 'name'),
      visibility: text(service, 'visibility'),
      ports: objects(service['ports']).map((port) => ({
        name: text(port, 'name') || String(port['number'] ?? ''),
        protocol: text(port, 'protocol'),
      })),
      instances: objects(service['instances']).map(instanceOf),
    }))
    .filter((service) => service.name !== '')
    .sort((a, b) => a.name.localeCompare(b.name));
};

export const services = async (signal?: AbortSignal): Promise<Service[]> =>
  servicesOf(await get('/api/gateway/v1/services', signal));
