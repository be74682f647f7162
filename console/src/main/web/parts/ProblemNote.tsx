import type { Problem } from '../api/http.ts';
import styles from './ProblemNote.module.css';

/** What was refused, why, by which rule, and where to look further. */
export function ProblemNote({ problem, brief = false }: { problem: Problem; brief?: boolean }) {
  const { title, detail, rule, requestId } = problem;
  return (
    <div className={styles.note} role="alert">
      <strong>{title}</strong>
      {detail !== '' && <span>{detail}</span>}
      {!brief && rule !== '' && (
        <span>
          Rule <code>{rule}</code>
        </span>
      )}
      {!brief && requestId !== '' && (
        <span className={styles.request}>
          Request <code>{requestId}</code>
        </span>
      )}
    </div>
  );
}
