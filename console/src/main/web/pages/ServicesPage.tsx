import { Loader, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { problemFrom } from '../api/http.ts';
import { type Instance, type Service, services } from '../api/services.ts';
import { refine, to, useLocation } from '../app/location.ts';
import { useCluster } from '../cluster/store.ts';
import { Nothing } from '../parts/Nothing.tsx';
import { Head, Panel, Plain } from '../parts/Page.tsx';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { agentName } from './columns.tsx';
import detail from './Detail.module.css';
import styles from './Filters.module.css';
import marks from '../parts/StateMark.module.css';

const POLL_MS = 5_000;

/** What can be called through the gateway, and where each call may end. */
export function ServicesPage() {
  const { text = '' } = useLocation().query;
  const { data, error, isPending } = useQuery({
    queryKey: ['services'],
    queryFn: ({ signal }) => services(signal),
    refetchInterval: POLL_MS,
  });
  const word = text.trim().toLowerCase();
  const all = data?.services ?? [];
  const shown = all.filter((service) => service.name.toLowerCase().includes(word));
  return (
    <>
      <Head title="Services" />
      {error !== null && <ProblemNote problem={problemFrom(error)} />}
      {isPending && <Loader size="sm" aria-label="Loading" />}
      {data !== undefined && !data.fresh && <Stale age={data.age} />}
      {data !== undefined && all.length === 0 && (
        <Nothing title="No services">
          No running task carries a service name. <code>meseta run --service NAME --port …</code>{' '}
          gives it one.
        </Nothing>
      )}
      {all.length > 0 && (
        <>
          <div className={styles.filters} role="search">
            <TextInput
              aria-label="Search services"
              placeholder="Name…"
              className={styles.search ?? ''}
              value={text}
              onChange={(event) => refine({ text: event.currentTarget.value })}
            />
            <span className={styles.found} aria-live="polite">
              {shown.length} of {all.length}
            </span>
          </div>
          <div className={detail.stack}>
            {shown.map((service) => (
              <ServicePanel key={service.name} service={service} />
            ))}
          </div>
          {shown.length === 0 && <Nothing title="No service has such a name" />}
        </>
      )}
    </>
  );
}

/** The gateway would rather refuse calls than send them to where a task may no longer be. */
function Stale({ age }: { age: number | null }) {
  return (
    <p className={styles.stale} role="status">
      {age === null
        ? 'The gateway has not heard from a master yet.'
        : `The gateway last heard from a master ${Math.round(age)} s ago.`}{' '}
      Until it does, it answers calls with 503.
    </p>
  );
}

function ServicePanel({ service }: { service: Service }) {
  const live = service.instances.filter((instance) => instance.live).length;
  const ports = service.ports.join(', ');
  return (
    <Panel
      title={service.name}
      aside={
        <span className={styles.about}>
          {[
            service.visibility.toLowerCase(),
            service.protection,
            ports === '' ? '' : `ports ${ports}`,
            `${live} of ${service.instances.length} take calls`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      }
    >
      {service.instances.length === 0 ? (
        <p className={detail.none}>No instance: calls are answered with 503.</p>
      ) : (
        <Plain>
          <thead>
            <tr>
              <th scope="col">Instance</th>
              <th scope="col">Takes calls</th>
              <th scope="col">Address</th>
              <th scope="col">Agent</th>
            </tr>
          </thead>
          <tbody>
            {service.instances.map((instance) => (
              <Row
                key={`${instance.framework}/${instance.task}/${instance.address}`}
                {...instance}
              />
            ))}
          </tbody>
        </Plain>
      )}
    </Panel>
  );
}

function Row({ framework, task, agent, address, healthy, live }: Instance) {
  const { agents } = useCluster();
  return (
    <tr>
      <td>{framework === '' ? task : <a href={to(['tasks', framework, task])}>{task}</a>}</td>
      <td>
        <span className={marks.mark} data-tone={live ? 'good' : 'bad'}>
          <span className={marks.dot} aria-hidden="true" />
          {live ? 'yes' : 'no'}
          {healthy === false && ', unhealthy'}
        </span>
      </td>
      <td>{address || '–'}</td>
      <td>{agent === '' ? '–' : <a href={to(['agents', agent])}>{agentName(agents, agent)}</a>}</td>
    </tr>
  );
}
