import { Button } from '@mantine/core';
import { useState } from 'react';
import { to } from '../app/location.ts';
import type { Status, Task } from '../cluster/records.ts';
import { byRank, label, valueText } from '../cluster/resources.ts';
import { isAlive, latest, reasonText } from '../cluster/states.ts';
import { useCluster } from '../cluster/store.ts';
import { Ago } from '../parts/Ago.tsx';
import { Nothing, WhenKnown } from '../parts/Nothing.tsx';
import { Facts, Head, Panel, Plain, Up } from '../parts/Page.tsx';
import { StateMark } from '../parts/StateMark.tsx';
import { momentText } from '../parts/times.ts';
import { agentName, frameworkName } from './columns.tsx';
import styles from './Detail.module.css';
import { KillDialog } from './KillDialog.tsx';
import { LogPanel } from './LogPanel.tsx';

export function TaskPage({ framework, id }: { framework: string; id: string }) {
  return (
    <>
      <Up href={to(['tasks'])}>Tasks</Up>
      <WhenKnown>
        <Known framework={framework} id={id} />
      </WhenKnown>
    </>
  );
}

function Known({ framework, id }: { framework: string; id: string }) {
  const { tasks } = useCluster();
  const task = tasks.get(`${framework}/${id}`);
  const [isAsking, setAsking] = useState(false);
  const [isSent, setSent] = useState(false);
  if (task === undefined) {
    return (
      <Nothing title="No such task">
        It ended so long ago that the master no longer remembers it, or you may not see it.
      </Nothing>
    );
  }
  const alive = isAlive(task.state);
  return (
    <>
      <Head title={task.name === '' ? task.id : task.name}>
        <StateMark state={task.state} healthy={task.healthy} />
        <span role="status">{isSent && alive && 'Its agent has been told to kill it.'}</span>
        {alive && (
          <Button
            className={styles.end ?? ''}
            color="red"
            variant="outline"
            onClick={() => setAsking(true)}
          >
            Kill…
          </Button>
        )}
      </Head>
      <KillDialog
        task={task}
        opened={isAsking}
        close={() => setAsking(false)}
        sent={() => setSent(true)}
      />
      <div className={styles.stack}>
        <div className={styles.columns}>
          <About task={task} />
          <div className={styles.stack}>
            <Resources task={task} />
            {task.service !== null && <ServicePanel task={task} />}
          </div>
        </div>
        <History statuses={task.statuses} />
        {task.agent !== '' && <LogPanel task={task} />}
      </div>
    </>
  );
}

function About({ task }: { task: Task }) {
  const { agents, frameworks } = useCluster();
  const last = latest(task);
  const labels = Object.entries(task.labels);
  return (
    <Panel title="Task">
      <Facts
        facts={[
          ['Id', <code>{task.id}</code>],
          [
            'Framework',
            <a href={to(['frameworks', task.framework])}>
              {frameworkName(frameworks, task.framework)}
            </a>,
          ],
          [
            'Agent',
            task.agent === '' ? (
              ''
            ) : (
              <a href={to(['agents', task.agent])}>{agentName(agents, task.agent)}</a>
            ),
          ],
          ['Role', task.role],
          ['User', task.user],
          ['Healthy', task.healthy === null ? '' : task.healthy ? 'yes' : 'no'],
          ['Reason', last === null ? '' : reasonText(last.reason)],
          ['Message', last?.message ?? ''],
          ['Addresses', task.addresses.join(', ')],
          [
            'Labels',
            labels.length === 0 ? (
              ''
            ) : (
              <span className={styles.labels}>
                {labels.map(([name, value]) => (
                  <code key={name}>{value === '' ? name : `${name}=${value}`}</code>
                ))}
              </span>
            ),
          ],
          [
            'Command',
            task.command === '' ? '' : <pre className={styles.command}>{task.command}</pre>,
          ],
        ]}
      />
    </Panel>
  );
}

function Resources({ task }: { task: Task }) {
  const entries = Object.entries(task.resources).sort(([a], [b]) => byRank(a, b));
  return (
    <Panel title="Resources">
      <Facts facts={entries.map(([name, value]) => [label(name), valueText(name, value)])} />
      {entries.length === 0 && <p className={styles.none}>None</p>}
    </Panel>
  );
}

function ServicePanel({ task }: { task: Task }) {
  const service = task.service;
  if (service === null) return null;
  return (
    <Panel title="Service">
      <Facts
        facts={[
          ['Name', <a href={to(['services'], { text: service.name })}>{service.name}</a>],
          ['Visibility', service.visibility.toLowerCase()],
          ['Environment', service.environment],
          ['Location', service.location],
          ['Version', service.version],
          ...service.ports.map((port): readonly [string, string] => [
            `Port ${port.name}`.trim(),
            [String(port.number), port.protocol].filter((part) => part !== '').join('/'),
          ]),
        ]}
      />
    </Panel>
  );
}

function History({ statuses }: { statuses: readonly Status[] }) {
  const newestFirst = [...statuses].reverse();
  return (
    <Panel title="History">
      {statuses.length === 0 ? (
        <p className={styles.none}>Nothing has been reported yet.</p>
      ) : (
        <Plain>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">State</th>
              <th scope="col">Reason</th>
              <th scope="col">Message</th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map((status, index) => (
              <tr key={statuses.length - index}>
                <td className={styles.time} title={momentText(status.at)}>
                  {momentText(status.at)} · <Ago at={status.at} />
                </td>
                <td>
                  <StateMark state={status.state} />
                </td>
                <td>{reasonText(status.reason) || '–'}</td>
                <td>{status.message || '–'}</td>
              </tr>
            ))}
          </tbody>
        </Plain>
      )}
    </Panel>
  );
}
