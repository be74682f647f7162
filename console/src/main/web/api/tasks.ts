/** What can be done to a task. */

import { post } from './http.ts';

export const kill = (framework: string, task: string): Promise<void> =>
  post(`/api/meseta/v1/tasks/${encodeURIComponent(framework)}/${encodeURIComponent(task)}:kill`);
