/** Resources: sums, amounts of ranges, and how people read them. */

import type { Resources } from './records.ts';

const RANGE = /(\d+)\s*-\s*(\d+)/g;

/** How much there is: ranges count their numbers, sets their members. */
export const amountOf = (value: number | string | undefined): number => {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const text = value.trim();
  if (text.startsWith('{')) {
    return text
      .slice(1, -1)
      .split(',')
      .filter((member) => member.trim() !== '').length;
  }
  let amount = 0;
  for (const [, from, to] of text.matchAll(RANGE)) amount += Number(to) - Number(from) + 1;
  return amount;
};

/** CPUs, memory and disk first, since everybody asks for these; the rest by name. */
const FIRST = ['cpus', 'mem', 'disk', 'gpus', 'ports'];

const rank = (name: string): number => {
  const index = FIRST.indexOf(name);
  return index < 0 ? FIRST.length : index;
};

export const byRank = (a: string, b: string): number => rank(a) - rank(b) || a.localeCompare(b);

export interface Share {
  readonly name: string;
  readonly total: number;
  readonly used: number;
}

/** What there is and what of it is in use, summed over many machines. */
export const shares = (
  machines: Iterable<{ readonly total: Resources; readonly used: Resources }>,
): Share[] => {
  const totals = new Map<string, number>();
  const used = new Map<string, number>();
  const add = (sums: Map<string, number>, resources: Resources): void => {
    for (const [name, value] of Object.entries(resources)) {
      sums.set(name, (sums.get(name) ?? 0) + amountOf(value));
    }
  };
  for (const machine of machines) {
    add(totals, machine.total);
    add(used, machine.used);
  }
  return [...new Set([...totals.keys(), ...used.keys()])].sort(byRank).map((name) => ({
    name,
    total: totals.get(name) ?? 0,
    used: used.get(name) ?? 0,
  }));
};

const plain = (value: number, digits: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: digits });

const BINARY = ['MiB', 'GiB', 'TiB', 'PiB'];

interface Unit {
  readonly name: string;
  /** How many of what is on the wire make one. */
  readonly size: number;
}

/** The unit that keeps this much short. */
const unitOf = (name: string, amount: number): Unit => {
  let index = 0;
  let size = 1;
  if (name !== 'mem' && name !== 'disk') return { name: '', size };
  while (amount >= size * 1024 && index < BINARY.length - 1) {
    size *= 1024;
    index++;
  }
  return { name: ` ${BINARY[index]}`, size };
};

/** Three digits or so: sizes are compared at a glance, not added up. */
const inUnit = (amount: number, unit: Unit): string => {
  const value = amount / unit.size;
  return plain(value, unit.name === '' || value < 10 ? 2 : value < 100 ? 1 : 0);
};

/** An amount of the resource `name`, with its unit. */
export const amountText = (name: string, amount: number): string => {
  const unit = unitOf(name, amount);
  return `${inUnit(amount, unit)}${unit.name}`;
};

/** How much of how much, in one unit: `113 / 256 GiB`. */
export const pairText = (name: string, used: number, total: number): string => {
  const unit = unitOf(name, total);
  return `${inUnit(used, unit)} / ${inUnit(total, unit)}${unit.name}`;
};

/** A value as it stands: ranges and sets as they are written. */
export const valueText = (name: string, value: number | string): string =>
  typeof value === 'string' ? value : amountText(name, value);

const LABELS: Readonly<Record<string, string>> = {
  cpus: 'CPUs',
  mem: 'Memory',
  disk: 'Disk',
  gpus: 'GPUs',
  ports: 'Ports',
};

export const label = (name: string): string => LABELS[name] ?? name;
