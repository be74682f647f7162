/** Pieces of the files in tasks' sandboxes, through the gateway to the agent that has them. */

import type { Task } from '../cluster/records.ts';
import { get } from './http.ts';

/** As much as an agent gives at once. */
export const PIECE_BYTES = 64 * 1024;

const pathOf = (agent: string, action: string, query: string): string =>
  `/agents/${encodeURIComponent(agent)}/files/${action}?${query}`;

/** Where the agent shows the newest run's sandbox; a command task is its own executor. */
export const sandboxFile = (task: Task, name: string): string => {
  const executor = task.executor === '' ? task.id : task.executor;
  return `/frameworks/${task.framework}/executors/${executor}/runs/latest/${name}`;
};

interface Piece {
  readonly data: string;
  readonly offset: number;
}

const piece = async (agent: string, query: string, signal: AbortSignal): Promise<Piece> => {
  const json = (await get(pathOf(agent, 'read', query), signal)) as Partial<Piece>;
  return {
    data: typeof json.data === 'string' ? json.data : '',
    offset: typeof json.offset === 'number' ? json.offset : 0,
  };
};

/** How long the file is now, in bytes. */
export const sizeOf = async (agent: string, path: string, signal: AbortSignal): Promise<number> =>
  (await piece(agent, `path=${encodeURIComponent(path)}&offset=-1`, signal)).offset;

/** The text of `length` bytes from `offset` on, fewer if the file ends before. */
export const read = async (
  agent: string,
  path: string,
  offset: number,
  length: number,
  signal: AbortSignal,
): Promise<string> => {
  const query = `path=${encodeURIComponent(path)}&offset=${offset}&length=${length}`;
  return (await piece(agent, query, signal)).data;
};

/** Where the whole file can be had. */
export const downloadOf = (agent: string, path: string): string =>
  pathOf(agent, 'download', `path=${encodeURIComponent(path)}`);
