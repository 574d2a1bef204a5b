/** Pure: a time as a person says it. */
export function seconds(ms) {
  const whole = Math.max(1, Math.round(ms / 1000));
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return rest === 0 ? `${Math.floor(whole / 60)} min` : `${Math.floor(whole / 60)} min ${rest} s`;
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Says what begins, waits for it, and ends the line with the time it took: "Building the server… 9 s". */
export async function step(title, work) {
  const began = Date.now();
  process.stdout.write(`${title}…`);
  try {
    const result = await work();
    process.stdout.write(` ${seconds(Date.now() - began)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(error instanceof Interrupted ? ' stopped\n' : ' failed\n');
    throw error;
  }
}

/** A failure that was foreseen: its message is for the person at the keyboard, its stack for nobody. */
export class Trouble extends Error {}

/** Asked to stop while it was at it; there is nothing to explain to whoever asked. */
export class Interrupted extends Error {
  constructor(exitCode) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** The outermost frame of every script: a foreseen failure is told in words, anything else with its stack. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (error instanceof Interrupted) {
      process.exitCode = error.exitCode;
      return;
    }
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = 1;
  }
}
