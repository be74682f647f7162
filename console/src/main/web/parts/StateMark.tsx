import { stateText, toneOf } from '../cluster/states.ts';
import styles from './StateMark.module.css';

/** A state where there is little room: of what runs and is not well, only the latter. */
export function ShortState({ state, healthy }: { state: string; healthy: boolean | null }) {
  if (healthy !== false || state !== 'TASK_RUNNING') return <StateMark state={state} />;
  return (
    <span className={styles.mark} data-tone="bad" title="running">
      <span className={styles.dot} aria-hidden="true" />
      unhealthy
    </span>
  );
}

/** A state, by word first and by colour second. */
export function StateMark({ state, healthy = null }: { state: string; healthy?: boolean | null }) {
  return (
    <span className={styles.mark} data-tone={toneOf(state)}>
      <span className={styles.dot} aria-hidden="true" />
      {stateText(state)}
      {healthy === false && <span className={styles.unhealthy}>unhealthy</span>}
    </span>
  );
}
