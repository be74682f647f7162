import { stateText, toneOf } from '../cluster/states.ts';
import styles from './StateMark.module.css';

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
