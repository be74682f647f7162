import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';

/** A page's title, in the page and in the browser's tab, and what can be done beside it. */
export function Head({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Meseta`;
  }, [title]);
  return (
    <div className={styles.head}>
      <h1>{title}</h1>
      {children}
    </div>
  );
}

/** The way up from a thing to the list that it is in. */
export function Up({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={styles.up} href={href}>
      ‹ {children}
    </a>
  );
}

/** One framed part of a page. */
export function Panel({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.panelHead}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Names and values. What is empty is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {facts
        .filter(([, value]) => value !== '' && value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A table of few rows, as high as they are. */
export function Plain({ children }: { children: ReactNode }) {
  return (
    <div className={styles.wide}>
      <table className={styles.plain}>{children}</table>
    </div>
  );
}
