import { Button } from '@mantine/core';
import { type Row, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, memo, useMemo, useRef } from 'react';
import styles from './DataTable.module.css';
import { type Column, type OrderState, definitionsOf, features } from './table.ts';

/** All rows have this height, so that where each stands is known without drawing it. */
const ROW_PX = 30;

interface Props<T> {
  /** For those who cannot see what kind of table this is. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly records: readonly T[];
  readonly idOf: (record: T) => string;
  readonly order: OrderState;
  /** Shown in place of rows if there are none. */
  readonly empty: ReactNode;
}

type Rows<T extends object> = readonly Row<typeof features, T>[];

const useRows = <T extends object>({ columns, records, idOf, order }: Props<T>): Rows<T> => {
  const definitions = useMemo(() => definitionsOf(columns), [columns]);
  const [{ column, descending }] = order;
  const sorting = useMemo(() => [{ id: column, desc: descending }], [column, descending]);
  const data = records as T[];
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: idOf,
    state: { sorting },
    onSortingChange: () => undefined,
  });
  return table.getRowModel().rows;
};

/** A table of which only the rows in view are drawn; it scrolls in itself. */
export function LongTable<T extends object>(props: Props<T> & { readonly isFilling?: boolean }) {
  const rows = useRows(props);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      data-filling={props.isFilling === true}
      tabIndex={0}
      role="group"
      aria-label={props.label}
    >
      <Table {...props} count={rows.length}>
        {above > 0 && <Space height={above} />}
        {items.map((item) => {
          const row = rows[item.index];
          return (
            row !== undefined && (
              <Line
                key={row.id}
                record={row.original}
                columns={props.columns as readonly Column<object>[]}
                index={item.index}
              />
            )
          );
        })}
        {below > 0 && <Space height={below} />}
      </Table>
    </div>
  );
}

/** A table that is shown a page at a time. */
export function PagedTable<T extends object>(
  props: Props<T> & {
    readonly page: number;
    readonly pageSize: number;
    readonly turn: (page: number) => void;
  },
) {
  const rows = useRows(props);
  const pages = Math.max(1, Math.ceil(rows.length / props.pageSize));
  const page = Math.min(Math.max(1, props.page), pages);
  const first = (page - 1) * props.pageSize;
  const shown = rows.slice(first, first + props.pageSize);
  return (
    <>
      <div
        className={styles.scroller}
        data-paged="true"
        tabIndex={0}
        role="group"
        aria-label={props.label}
      >
        <Table {...props} count={rows.length}>
          {shown.map((row, index) => (
            <Line
              key={row.id}
              record={row.original}
              columns={props.columns as readonly Column<object>[]}
              index={first + index}
            />
          ))}
        </Table>
      </div>
      {pages > 1 && (
        <nav className={styles.pages} aria-label={`Pages of ${props.label}`}>
          <Button disabled={page === 1} onClick={() => props.turn(page - 1)}>
            Previous
          </Button>
          <span aria-live="polite">
            {(first + 1).toLocaleString('en')}–{(first + shown.length).toLocaleString('en')} of{' '}
            {rows.length.toLocaleString('en')}
          </span>
          <Button disabled={page === pages} onClick={() => props.turn(page + 1)}>
            Next
          </Button>
        </nav>
      )}
    </>
  );
}

function Table<T extends object>({
  label,
  columns,
  order,
  empty,
  count,
  children,
}: Props<T> & { readonly count: number; readonly children: ReactNode }) {
  return (
    <table className={styles.table} aria-rowcount={count + 1} aria-label={label}>
      <colgroup>
        {columns.map((column) => (
          <col
            key={column.id}
            className={column.room === undefined ? undefined : styles[column.room]}
            style={column.width === undefined ? {} : { width: column.width }}
          />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map((column) => (
            <Heading key={column.id} column={column} order={order} />
          ))}
        </tr>
      </thead>
      <tbody>
        {count === 0 ? (
          <tr>
            <td className={styles.empty} colSpan={columns.length}>
              {empty}
            </td>
          </tr>
        ) : (
          children
        )}
      </tbody>
    </table>
  );
}

const classOf = (column: Column<never>): string =>
  [
    column.isNumber === true ? styles.number : '',
    column.room === undefined ? '' : styles[column.room],
  ]
    .filter(Boolean)
    .join(' ');

function Heading<T>({ column, order }: { column: Column<T>; order: OrderState }) {
  const [current, change] = order;
  const isCurrent = current.column === column.id;
  if (column.sort === undefined) {
    return (
      <th scope="col" className={classOf(column as Column<never>)}>
        {column.header}
      </th>
    );
  }
  return (
    <th
      scope="col"
      className={classOf(column as Column<never>)}
      aria-sort={isCurrent ? (current.descending ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        onClick={() =>
          change({
            column: column.id,
            descending: isCurrent ? !current.descending : column.isFromAbove === true,
          })
        }
      >
        {column.header}
        <span aria-hidden="true">{isCurrent ? (current.descending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

/** Drawn again only if its record is another: changes of other records leave it alone. */
const Line = memo(function Line({
  record,
  columns,
  index,
}: {
  record: object;
  columns: readonly Column<object>[];
  index: number;
}) {
  return (
    <tr aria-rowindex={index + 2} className={styles.line}>
      {columns.map((column) => (
        <td key={column.id} className={classOf(column as Column<never>)}>
          {column.cell(record)}
        </td>
      ))}
    </tr>
  );
});

function Space({ height }: { height: number }) {
  return (
    <tr aria-hidden="true">
      <td className={styles.gap} style={{ height }} />
    </tr>
  );
}
