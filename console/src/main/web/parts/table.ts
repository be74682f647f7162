/** What a table shows, and in which order. */

import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  tableFeatures,
} from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { refine, useLocation } from '../app/location.ts';

/** One column of records of kind `T`. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  readonly cell: (record: T) => ReactNode;
  /** By what it is sorted; without, it cannot be. */
  readonly sort?: (record: T) => string | number;
  /** As CSS; the widths of all columns are fixed, so that rows that come and go do not shake them. */
  readonly width?: string;
  readonly isNumber?: boolean;
  /** Sorted from above first: what is most or newest is what one looks for. */
  readonly isFromAbove?: boolean;
  /** Left out where the window is not `wide`, or not even the `widest`. */
  readonly room?: 'wide' | 'widest';
}

export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

export type OrderState = readonly [Order, (order: Order) => void];

export const orderOf = (text: string): Order =>
  text.startsWith('-')
    ? { column: text.slice(1), descending: true }
    : { column: text, descending: false };

export const orderText = (order: Order): string => `${order.descending ? '-' : ''}${order.column}`;

/** An order that is part of the page's address. */
export const useOrderInAddress = (usual: string): OrderState => {
  const text = useLocation().query['sort'] ?? usual;
  return [
    orderOf(text),
    (order) => {
      const wanted = orderText(order);
      refine({ sort: wanted === usual ? '' : wanted, page: '' });
    },
  ];
};

/** An order of a table that is only a part of a page. */
export const useOrder = (usual: string): OrderState => useState(() => orderOf(usual));

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
});

const compare = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The columns as the table library wants them: it sorts, we draw. */
export const definitionsOf = <T extends object>(
  columns: readonly Column<T>[],
): ColumnDef<typeof features, T>[] =>
  columns.map((column) => ({
    id: column.id,
    accessorFn: column.sort ?? (() => ''),
    enableSorting: column.sort !== undefined,
    sortFn: (a, b, id) => compare(a.getValue(id), b.getValue(id)),
  }));
