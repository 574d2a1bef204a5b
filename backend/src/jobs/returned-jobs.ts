/** Asks the database, in whatever transaction or connection the caller has. */
export type Ask = (sql: string, params: readonly unknown[]) => Promise<unknown>;

/**
 * Gives running jobs back to their queues, to be taken at once: those named, or all. One job a key waits in a queue:
 * where another waits already, a running one has nothing left to do. Their next claim counts as another attempt, and
 * what a claim before it still says is not heard.
 */
export const returnActiveJobs = async (ask: Ask, ids: readonly string[] | null): Promise<void> => {
  const chosen = `j.state = 'active' AND ($1::uuid[] IS NULL OR j.id = ANY($1::uuid[]))`;
  await ask(
    `DELETE FROM pgboss.job j WHERE ${chosen} AND EXISTS
      (SELECT FROM pgboss.job o WHERE o.name = j.name AND o.singleton_key = j.singleton_key AND o.state = 'retry')`,
    [ids],
  );
  await ask(
    `UPDATE pgboss.job j SET state = 'retry', start_after = now(), heartbeat_on = NULL WHERE ${chosen}`,
    [ids],
  );
};
