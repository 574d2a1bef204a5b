/** Bytes are a picture where nothing else is said. */
const typeOf = (body: unknown): string => (body instanceof Uint8Array ? 'image/png' : 'application/json');

/** A browser's session against a running server: JSON in and out, the cookie kept. */
export class Client {
  private cookie = '';

  constructor(readonly url: string) {}

  /** The cookie, as a browser sends it. */
  get session(): string {
    return this.cookie;
  }

  /** The same session at another address of the same house. */
  at(url: string): Client {
    const same = new Client(url);
    same.cookie = this.cookie;
    return same;
  }

  /** Somebody else at the same server. */
  another(): Client {
    return new Client(this.url);
  }

  /** A body as it stands, whatever it is. */
  send(method: string, path: string, body?: string): Promise<Response> {
    return fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: { cookie: this.cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** The answer whatever its status. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': typeOf(body) }),
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const cookie = response.headers.get('set-cookie');
    if (cookie !== null) this.cookie = cookie.split(';', 1)[0] ?? '';
    return response;
  }

  /** @throws Error when the answer is not a success. */
  async json<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.json<T>('GET', path);
  }

  async setUp(username = 'ann', password = 'correct horse'): Promise<void> {
    await this.json('POST', '/api/setup', { username, password });
  }

  async signIn(username = 'ann', password = 'correct horse'): Promise<void> {
    await this.json('POST', '/api/session', { username, password });
  }
}

/** Asks until the answer is right; the limit is only there so that a broken server fails the test instead of hanging it. */
export const eventually = async <T>(
  ask: () => Promise<T>,
  isRight: (answer: T) => boolean,
  limitMs = 300_000,
): Promise<T> => {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`still not so: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
