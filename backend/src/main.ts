import { EventsService } from './admin/events.service.js';
import { log } from './common/log.js';
import { startDefaultMetrics } from './common/metrics.js';
import { errorMessage } from './common/error-code.js';
import { Closers } from './closers.js';
import { ChildWorker } from './child-worker.js';
import { isHttps, type Config } from './config/config.js';
import { makeDataFolder } from './config/file-problems.js';
import { ConfigError, HelpRequested, loadProcessConfig, workerEnvironment } from './config/load-config.js';
import { openDatabase, type OpenDatabase } from './database/open-database.js';
import { migrate } from './database/migrate.js';
import { HealthService } from './admin/health.service.js';
import { findFfmpeg, type FfmpegTools } from './media/find-ffmpeg.js';
import { HttpFront } from './http-front.js';
import { judgeAbsentRoots } from './libraries/absent-roots.js';
import { createApi, openFront } from './server.js';
import { openFileProblem, readOpenFileLimit } from './streaming/open-file-limit.js';
import { onStopSignal } from './stop-signals.js';
import { showProgress } from './terminal-progress.js';

const GRACE_MS = 15_000;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const addressOf = (config: Config, port: number): string => {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  return (
    config.publicUrl?.origin ??
    `${isHttps(config) ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
  );
};

const listenProblem = (config: Config, error: unknown): ConfigError =>
  new ConfigError([
    /EADDRINUSE/.test(errorMessage(error))
      ? `port ${config.port} is taken on ${config.host}; choose another with --port`
      : `Kanade cannot listen on ${config.host}:${config.port} (${errorMessage(error)})`,
  ]);

/** Once, at the start: no fault of the installation, yet whoever runs it may want to know. */
const WALLS_MISSING =
  'This system lets Kanade make no namespaces, so ffmpeg is kept from the network and from other files by its own ' +
  'allow-lists alone (see SECURITY.md).';

/** What this ffmpeg cannot do is said at the start, and stays on the health page. */
const reportTools = (tools: FfmpegTools, health: HealthService): void => {
  if (tools.walls !== 'room' && process.platform === 'linux') say(WALLS_MISSING);
  const sentences = [...(tools.degraded === null ? [] : [tools.degraded]), ...tools.missing];
  if (sentences.length === 0) return;
  const message = `${tools.ffmpegPath}: ${sentences.join(' ')}`;
  health.report('FFMPEG_DEGRADED', message);
  say(message);
};

/** What fails here is the person's to mend: one sentence, no stack. */
const inWords = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw new ConfigError([errorMessage(error)]);
  });

/** The data folder and an up-to-date database; a start that fails at them leaves no new folder behind. */
const openData = async (config: Config, closers: Closers): Promise<OpenDatabase> => {
  let takeBack = (): void => undefined;
  try {
    takeBack = makeDataFolder(config);
    const database = await openDatabase(config);
    closers.add(() => database.stop());
    await migrate(database.url);
    const absent = await judgeAbsentRoots(config, database.url);
    if (absent.problems.length > 0) throw new ConfigError(absent.problems);
    absent.warnings.forEach(say);
    return database;
  } catch (error) {
    await closers.run();
    takeBack();
    throw error instanceof ConfigError ? error : new ConfigError([errorMessage(error)]);
  }
};

/** The first thing to fail under many listeners. */
const reportOpenFiles = (health: HealthService): void => {
  const problem = openFileProblem(readOpenFileLimit());
  if (problem === null) return;
  health.report('OPEN_FILES_LOW', problem);
  say(problem);
};

const start = async (config: Config, closers: Closers): Promise<void> => {
  const front = new HttpFront(config);
  const port = await front.listen().catch((error: unknown) => {
    throw listenProblem(config, error);
  });
  const tools = await inWords(findFfmpeg(config));
  const database = await openData(config, closers);
  const { app, api } = await createApi(config, database.url, front);
  reportTools(tools, app.get(HealthService));
  reportOpenFiles(app.get(HealthService));
  closers.add(() => app.close());
  if (config.role === 'all') {
    const worker = new ChildWorker(process.argv.slice(2), workerEnvironment(database.url));
    worker.start();
    closers.add(() => worker.stop(GRACE_MS));
  }
  await openFront(front, app, api);
  closers.add(() => {
    // Event streams never end by themselves; everything else may finish.
    app.get(EventsService).endAll();
    return front.close(GRACE_MS);
  });
  say(`Kanade is ready at ${addressOf(config, port)}`);
  await showProgress(app);
};

const main = async (): Promise<void> => {
  const config = loadProcessConfig();
  log.level = config.logLevel;
  if (config.role === 'worker') {
    await import('./worker.js');
    return;
  }
  startDefaultMetrics();
  const closers = new Closers();
  const starting = start(config, closers);
  // What is half open cannot be closed: a start that is asked to stop comes to its end first, one way or the other.
  onStopSignal(() => starting.catch(() => undefined).then(() => closers.run()));
  try {
    await starting;
  } catch (error) {
    await closers.run();
    throw error;
  }
};

main().catch((error: unknown) => {
  if (error instanceof HelpRequested) {
    say(error.message);
    process.exit(0);
  }
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else log.fatal({ err: error }, 'Kanade could not start');
  process.exit(1);
});
