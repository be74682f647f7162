import type { ReactNode } from 'react';
import { useCluster } from '../cluster/store.ts';
import { useStream } from '../cluster/store.ts';
import styles from './Nothing.module.css';

/** Says that there is nothing to show, and what to do about it. */
export function Nothing({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={styles.nothing}>
      <p className={styles.title}>{title}</p>
      {children !== undefined && <div>{children}</div>}
    </div>
  );
}

/** Shows `children` once the cluster is known; until then, that it is being asked for. */
export function WhenKnown({ children }: { children: ReactNode }) {
  const { known } = useCluster();
  const { trouble } = useStream();
  if (known) return children;
  return (
    <div className={styles.nothing} aria-busy={trouble === null}>
      <p className={styles.title}>
        {trouble === null ? 'Asking the master for the cluster…' : 'The cluster is not known yet'}
      </p>
      {trouble !== null && <div>{trouble} The console tries again by itself.</div>}
    </div>
  );
}
