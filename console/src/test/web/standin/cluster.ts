/** A cluster to show, made from a seed: the same one each time. */

export interface Size {
  readonly agents: number;
  readonly frameworks: number;
  readonly tasks: number;
}

export type Json = Record<string, unknown>;

const START = Date.now();

const at = (secondsAgo: number): string => new Date(START - secondsAgo * 1000).toISOString();

/** A small generator of numbers, so that a failure can be seen again. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to below `sides`. */
  roll(sides: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.state / 2 ** 32) * sides);
  }

  pick<T>(list: readonly T[]): T {
    return list[this.roll(list.length)] as T;
  }
}

const NAMES = ['checkout', 'search', 'billing', 'mailer', 'reports', 'ingest', 'thumbnails'];
const ROLES = ['web', 'batch', 'analytics/nightly', 'platform'];

const agent = (index: number, dice: Dice): Json => {
  const cpus = dice.pick([16, 32, 64]);
  const mem = cpus * 4096;
  const state =
    index % 41 === 7
      ? 'unreachable'
      : index % 29 === 5
        ? 'draining'
        : index % 37 === 9
          ? 'deactivated'
          : 'active';
  return {
    id: `7c2e9a54-1f0b-4b67-9d1e-5a3c8e6f1d20-S${index}`,
    hostname: `node-${String(index).padStart(3, '0')}.rack${index % 6}.example`,
    url: `http://10.4.${index % 6}.${index + 10}:5051`,
    state,
    version: index % 11 === 3 ? '0.0.9' : '0.1.0',
    registered_at: at(3_600 * (3 + (index % 40))),
    total: {
      cpus,
      mem,
      disk: 1_900_000,
      ports: '[31000-32000]',
      ...(index % 9 === 0 ? { gpus: 4 } : {}),
    },
    used: {
      cpus: Math.round(cpus * (0.2 + dice.roll(75) / 100) * 10) / 10,
      mem: Math.round(mem * (0.15 + dice.roll(70) / 100)),
      disk: dice.roll(900_000),
      ports: `[31000-${31000 + dice.roll(30)}]`,
      ...(index % 9 === 0 ? { gpus: dice.roll(5) } : {}),
    },
    attributes: { rack: `r${index % 6}`, zone: index % 2 === 0 ? 'north' : 'south', ssd: 'true' },
  };
};

const framework = (index: number, tasks: number): Json => ({
  id: `7c2e9a54-1f0b-4b67-9d1e-5a3c8e6f1d20-${String(index).padStart(4, '0')}`,
  name:
    ['orchestrator', 'nightly-batch', 'spark-analytics', 'ci-runners', 'meseta run'][index] ??
    `framework-${index}`,
  user: 'svc',
  principal: `svc/${['orchestrator', 'batch', 'spark', 'ci', 'alice'][index] ?? index}`,
  roles: index === 0 ? ['web', 'platform'] : [ROLES[index % ROLES.length]],
  state: index === 3 ? 'disconnected' : index === 4 ? 'inactive' : 'active',
  registered_at: at(7_200 * (index + 1)),
  tasks,
  ...(index === 2 ? { webui_url: 'http://spark.example:4040/' } : {}),
});

const ENDS: readonly (readonly [string, string, string])[] = [
  ['TASK_FINISHED', '', ''],
  ['TASK_KILLED', 'REASON_TASK_KILLED_DURING_LAUNCH', 'Killed by its framework.'],
  [
    'TASK_FAILED',
    'REASON_COMMAND_EXECUTOR_FAILED',
    'Command exited with status 137: out of memory, 512 MiB were allowed.',
  ],
  [
    'TASK_FAILED',
    'REASON_CONTAINER_LAUNCH_FAILED',
    'The image registry.example/team/app:4.2.0 cannot be pulled: manifest unknown.',
  ],
  ['TASK_LOST', 'REASON_AGENT_REMOVED', 'The agent has been gone for longer than 75 s.'],
];

const statuses = (end: readonly [string, string, string] | null, age: number): Json[] => {
  const list: Json[] = [
    { state: 'TASK_STAGING', at: at(age), reason: '', source: 'SOURCE_MASTER', message: '' },
    { state: 'TASK_STARTING', at: at(age - 1), reason: '', source: 'SOURCE_EXECUTOR', message: '' },
    { state: 'TASK_RUNNING', at: at(age - 2), reason: '', source: 'SOURCE_EXECUTOR', message: '' },
  ];
  if (end !== null) {
    const [state, reason, message] = end;
    list.push({ state, at: at(Math.floor(age / 2)), reason, source: 'SOURCE_EXECUTOR', message });
  }
  return list;
};

const task = (index: number, size: Size, dice: Dice): Json => {
  const name = NAMES[index % NAMES.length] as string;
  const age = 20 + dice.roll(90_000);
  const end = index % 5 === 4 ? (ENDS[Math.floor(index / 5) % 60] ?? ENDS[0] ?? null) : null;
  const history = statuses(end, age);
  const service = end === null && index < 60;
  return {
    framework: framework(index % size.frameworks, 0)['id'],
    id: `${name}.${(0x10000 + index).toString(16)}-${dice.roll(1e6).toString(16)}`,
    name: `${name}-${index}`,
    agent: `7c2e9a54-1f0b-4b67-9d1e-5a3c8e6f1d20-S${dice.roll(size.agents)}`,
    role: ROLES[index % ROLES.length],
    state: history.at(-1)?.['state'],
    ...(service ? { healthy: index % 14 !== 7 } : {}),
    resources: {
      cpus: dice.pick([0.1, 0.5, 1, 2]),
      mem: dice.pick([64, 256, 1024, 4096]),
      disk: 100,
      ports: `[${31000 + (index % 900)}-${31001 + (index % 900)}]`,
    },
    statuses: history,
    labels: { team: dice.pick(['shop', 'data', 'infra']), commit: dice.roll(1e9).toString(16) },
    ...(service
      ? {
          service: {
            name,
            visibility: 'CLUSTER',
            environment: 'production',
            version: '4.2.0',
            ports: [{ number: 31000 + (index % 900), name: 'http', protocol: 'tcp', labels: {} }],
          },
        }
      : {}),
    addresses: [`10.88.${index % 250}.${(index % 200) + 2}`],
    user: 'svc',
    command: `/opt/${name}/bin/serve --port $PORT0 --shard ${index}`,
  };
};

export interface Made {
  readonly agents: Json[];
  readonly frameworks: Json[];
  readonly tasks: Json[];
}

export const clusterOf = (size: Size, seed = 7): Made => {
  const dice = new Dice(seed);
  const tasks = Array.from({ length: size.tasks }, (_, index) => task(index, size, dice));
  const count = new Map<unknown, number>();
  for (const each of tasks) count.set(each['framework'], (count.get(each['framework']) ?? 0) + 1);
  const frameworks = Array.from({ length: size.frameworks }, (_, index) => framework(index, 0));
  for (const each of frameworks) each['tasks'] = count.get(each['id']) ?? 0;
  return {
    agents: Array.from({ length: size.agents }, (_, index) => agent(index, dice)),
    frameworks,
    tasks,
  };
};

/** The services of tasks, in the gateway's words. */
export const servicesOf = (made: Made): Json[] => {
  const byName = new Map<string, Json[]>();
  for (const each of made.tasks) {
    const service = each['service'] as { name: string; ports: { number: number }[] } | undefined;
    if (service === undefined) continue;
    const instances = byName.get(service.name) ?? [];
    byName.set(service.name, instances);
    instances.push({
      framework: each['framework'],
      task: each['id'],
      agent: each['agent'],
      role: each['role'],
      address: `10.4.0.10:${service.ports[0]?.number}`,
      healthy: each['healthy'],
      live: each['healthy'] !== false,
      hostNetwork: false,
    });
  }
  return [...byName].map(([name, instances]) => ({
    name,
    visibility: 'CLUSTER',
    ports: instances.map((_, index) => ({ number: 31000 + index, name: 'http', protocol: 'tcp' })),
    instances,
    protection: 'container network',
  }));
};
