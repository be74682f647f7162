import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Sample } from '../cluster/history.ts';
import styles from './Chart.module.css';

const HEIGHT = 132;

const colour = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

const dataOf = (history: readonly Sample[]): uPlot.AlignedData => [
  history.map((sample) => sample.at),
  history.map((sample) => sample.cpus * 100),
  history.map((sample) => sample.mem * 100),
];

const percent = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} %`);

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
  cursor: { y: false, drag: { x: false, y: false } },
  legend: { live: true },
  scales: { y: { range: [0, 100] } },
  series: [
    { value: '{HH}:{mm}:{ss}' },
    {
      label: 'CPUs',
      stroke: colour('--bar-used'),
      width: 1.5,
      value: (_, value) => percent(value),
    },
    {
      label: 'Memory',
      stroke: colour('--doubt'),
      width: 1.5,
      dash: [4, 3],
      value: (_, value) => percent(value),
    },
  ],
  axes: [
    { ...axis(), values: '{HH}:{mm}:{ss}', space: 80 },
    { ...axis(), size: 40, values: (_, values) => values.map((value) => `${value}%`) },
  ],
});

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
          : `In use now: ${percent(last.cpus * 100)} of the CPUs, ${percent(last.mem * 100)} of the memory`
      }
    />
  );
}
