import { rmSync } from 'node:fs';

export default async () => {
  const started = globalThis.kanadeTestPostgres;
  if (started === undefined) return;
  await started.server.stop();
  rmSync(started.folder, { recursive: true, force: true });
};
