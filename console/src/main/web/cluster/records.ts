/** The records of the master's event stream, as the console holds them (decision 0012). */

/** Amounts by name, in the wire's units; ranges and sets are texts, such as `[31000-31002]`. */
export type Resources = Readonly<Record<string, number | string>>;

export type Texts = Readonly<Record<string, string>>;

export interface Agent {
  readonly id: string;
  readonly hostname: string;
  readonly url: string;
  /** `active`, `deactivated`, `draining`, `drained`, `unreachable`. */
  readonly state: string;
  readonly version: string;
  readonly registeredAt: string;
  readonly total: Resources;
  readonly used: Resources;
  readonly attributes: Texts;
}

export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly principal: string;
  readonly roles: readonly string[];
  /** `active`, `inactive`, `disconnected`. */
  readonly state: string;
  readonly registeredAt: string;
  readonly tasks: number;
  readonly webuiUrl: string;
}

/** One step in a task's life. */
export interface Status {
  readonly state: string;
  readonly at: string;
  readonly reason: string;
  readonly source: string;
  readonly message: string;
}

export interface Port {
  readonly number: number;
  readonly name: string;
  readonly protocol: string;
  readonly labels: Texts;
}

/** The name under which a task can be called. */
export interface Discovery {
  readonly name: string;
  readonly visibility: string;
  readonly environment: string;
  readonly location: string;
  readonly version: string;
  readonly ports: readonly Port[];
}

export interface Task {
  readonly framework: string;
  readonly id: string;
  readonly name: string;
  readonly agent: string;
  /** Empty for a task that the agent runs without an executor of its framework's. */
  readonly executor: string;
  readonly role: string;
  /** Mesos' name, such as `TASK_RUNNING`. */
  readonly state: string;
  /** `null` while nobody knows. */
  readonly healthy: boolean | null;
  readonly resources: Resources;
  /** The newest last. */
  readonly statuses: readonly Status[];
  readonly labels: Texts;
  readonly service: Discovery | null;
  readonly addresses: readonly string[];
  readonly user: string;
  readonly command: string;
}

/** A task's name in the whole cluster; ids hold no slash. */
export const keyOf = (task: { readonly framework: string; readonly id: string }): string =>
  `${task.framework}/${task.id}`;
