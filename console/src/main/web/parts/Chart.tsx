import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Sample } from '../cluster/history.ts';
import styles from './Chart.module.css';

const HEIGHT = 120;

/** Shorter than this, a line is not yet a picture of anything. */
const SPAN_MIN_S = 300;

const DASH = [4, 3];

const STEPS_S = [30, 60, 120, 300, 600, 900, 1800];

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const dataOf = (history: readonly Sample[]): uPlot.AlignedData => [
  history.map((sample) => sample.at),
  history.map((sample) => sample.cpus * 100),
  history.map((sample) => sample.mem * 100),
];

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const axis = (): uPlot.Axis => ({
  stroke: colour('--mantine-color-dimmed'),
  grid: { stroke: colour('--line'), width: 1 },
  ticks: { show: false },
  font: '11px system-ui, sans-serif',
});

const optionsOf = (width: number): uPlot.Options => ({
  width,
  height: HEIGHT,
  padding: [8, 12, 0, 0],
  cursor: { show: false },
  legend: { show: false },
  scales: {
    x: { range: (_, from, to) => [Math.min(from, to - SPAN_MIN_S), to] },
    y: { range: [0, 100] },
  },
  series: [
    {},
    { label: 'CPUs', stroke: colour('--bar-used'), width: 1.5, points: { show: false } },
    {
      label: 'Memory',
      stroke: colour('--doubt'),
      width: 1.5,
      dash: DASH,
      points: { show: false },
    },
  ],
  axes: [
    { ...axis(), size: 24, space: 90, incrs: STEPS_S, values: '{HH}:{mm}:{ss}' },
    {
      ...axis(),
      size: 42,
      splits: [0, 50, 100],
      values: (_, values) => values.map((value) => `${value}%`),
    },
  ],
});

/** Which line is which, and where both stand. */
export function ChartKey({ history }: { history: readonly Sample[] }) {
  const last = history.at(-1);
  return (
    <span className={styles.key}>
      <span data-line="cpus">CPUs {last === undefined ? '' : percent(last.cpus)}</span>
      <span data-line="mem">Memory {last === undefined ? '' : percent(last.mem)}</span>
    </span>
  );
}

/** How much of the cluster was in use, since this page was opened. */
export function Chart({ history }: { history: readonly Sample[] }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const newest = useRef(history);
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const made = new uPlot(optionsOf(element.clientWidth), dataOf(newest.current), element);
    plot.current = made;
    const watcher = new ResizeObserver(() =>
      made.setSize({ width: element.clientWidth, height: HEIGHT }),
    );
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
      plot.current = null;
    };
    // Its colours are read when it is made, so another scheme makes another.
  }, [scheme]);

  useEffect(() => {
    newest.current = history;
    plot.current?.setData(dataOf(history));
  }, [history]);

  const last = history.at(-1);
  return (
    <div
      ref={place}
      className={styles.chart}
      role="img"
      aria-label={
        last === undefined
          ? 'No samples yet'
          : `In use now: ${percent(last.cpus)} of the CPUs, ${percent(last.mem)} of the memory`
      }
    />
  );
}
