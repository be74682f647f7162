import styles from './Bar.module.css';

/** From which share on there is too little left to be calm. */
const FULL = 0.9;

/** How much of something is in use. */
export function Bar({ used, total, label }: { used: number; total: number; label: string }) {
  const share = total === 0 ? 0 : Math.min(1, used / total);
  return (
    <span
      className={styles.bar}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      data-full={share >= FULL}
    >
      <span className={styles.used} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
