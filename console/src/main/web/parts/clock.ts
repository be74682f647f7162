/** The time, for what is shown relative to it; one timer for all readers of one rhythm. */

import { useSyncExternalStore } from 'react';

class Clock {
  private readonly readers = new Set<() => void>();
  private readonly period: number;
  private timer: ReturnType<typeof setInterval> | null = null;
  private now = Date.now();

  constructor(period: number) {
    this.period = period;
  }

  readonly get = (): number => this.now;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.readers.add(reader);
    this.timer ??= setInterval(() => this.tick(), this.period);
    return () => {
      this.readers.delete(reader);
      if (this.readers.size > 0 || this.timer === null) return;
      clearInterval(this.timer);
      this.timer = null;
    };
  };

  private tick(): void {
    this.now = Date.now();
    for (const reader of this.readers) reader();
  }
}

const second = new Clock(1_000);
const slow = new Clock(10_000);

export const useSecond = (): number => useSyncExternalStore(second.subscribe, second.get);

export const useSlowly = (): number => useSyncExternalStore(slow.subscribe, slow.get);
