import { useMemo } from 'react';
import { to } from '../app/location.ts';
import { keyOf } from '../cluster/records.ts';
import { amountText, label, shares } from '../cluster/resources.ts';
import { counts, failures } from '../cluster/states.ts';
import { useCluster, useHistory } from '../cluster/store.ts';
import { Bar } from '../parts/Bar.tsx';
import { Chart, ChartKey } from '../parts/Chart.tsx';
import { LongTable } from '../parts/DataTable.tsx';
import { WhenKnown } from '../parts/Nothing.tsx';
import { Head, Panel } from '../parts/Page.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { useOrder } from '../parts/table.ts';
import { failureColumns } from './columns.tsx';
import styles from './OverviewPage.module.css';

const FAILURES_MAX = 20;

export function OverviewPage() {
  return (
    <>
      <Head title="Overview" />
      <WhenKnown>
        <div className={styles.parts}>
          <Resources />
          <Use />
          <States />
          <Failures />
        </div>
      </WhenKnown>
    </>
  );
}

function Resources() {
  const { agents } = useCluster();
  const all = useMemo(() => shares(agents.values()), [agents]);
  return (
    <section className={styles.resources} aria-label="Resources">
      {all.map(({ name, total, used }) => (
        <div key={name} className={styles.resource}>
          <div className={styles.resourceHead}>
            <span>{label(name)}</span>
            <span className={styles.quiet}>
              {total === 0 ? '–' : `${Math.round((used / total) * 100)} %`}
            </span>
          </div>
          <Bar used={used} total={total} label={`${label(name)} in use`} />
          <div>
            {amountText(name, used)}{' '}
            <span className={styles.quiet}>of {amountText(name, total)}</span>
          </div>
        </div>
      ))}
      {all.length === 0 && (
        <div className={styles.resource}>
          No agent has joined, so there is nothing to run tasks on.
        </div>
      )}
    </section>
  );
}

function Use() {
  const history = useHistory();
  return (
    <Panel title="In use since this page was opened" aside={<ChartKey history={history} />}>
      <Chart history={history} />
    </Panel>
  );
}

function Counts({ path, entries }: { path: string; entries: readonly [string, number][] }) {
  if (entries.length === 0) return <p className={styles.none}>None</p>;
  return (
    <ul className={styles.counts}>
      {entries.map(([state, count]) => (
        <li key={state}>
          <a href={to([path], { state })}>
            <StateMark state={state} />
          </a>
          <span>{count.toLocaleString('en')}</span>
        </li>
      ))}
    </ul>
  );
}

function States() {
  const { agents, frameworks, tasks } = useCluster();
  const agentStates = useMemo(() => counts(agents.values()), [agents]);
  const frameworkStates = useMemo(() => counts(frameworks.values()), [frameworks]);
  const taskStates = useMemo(() => counts(tasks.values()), [tasks]);
  return (
    <div className={styles.states}>
      <Panel title="Agents" aside={<Total path="agents" count={agents.size} />}>
        <Counts path="agents" entries={agentStates} />
      </Panel>
      <Panel title="Frameworks" aside={<Total path="frameworks" count={frameworks.size} />}>
        <Counts path="frameworks" entries={frameworkStates} />
      </Panel>
      <Panel title="Tasks" aside={<Total path="tasks" count={tasks.size} />}>
        <Counts path="tasks" entries={taskStates} />
      </Panel>
    </div>
  );
}

function Total({ path, count }: { path: string; count: number }) {
  return <a href={to([path])}>{count.toLocaleString('en')} in all</a>;
}

function Failures() {
  const { agents, frameworks, tasks } = useCluster();
  const order = useOrder('-changed');
  const failed = useMemo(() => failures(tasks.values(), FAILURES_MAX), [tasks]);
  const columns = useMemo(() => failureColumns({ agents, frameworks }), [agents, frameworks]);
  return (
    <Panel
      title="Recent failures"
      aside={<a href={to(['tasks'], { state: 'failed', sort: '-changed' })}>All failed tasks</a>}
    >
      <LongTable
        label="Recent failures"
        columns={columns}
        records={failed}
        idOf={keyOf}
        order={order}
        empty="No task that the master remembers has failed."
      />
    </Panel>
  );
}
