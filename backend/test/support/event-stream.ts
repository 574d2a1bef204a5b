import type { Client } from './client.js';

/** What the server tells somebody as it happens. */
export class EventStream {
  text = '';
  hasEnded = false;
  private readonly stop = new AbortController();

  /** @throws Error when it is refused. */
  static async open(client: Client): Promise<EventStream> {
    const stream = new EventStream();
    const response = await fetch(new URL('/api/events', client.url), {
      headers: { cookie: client.session },
      signal: stream.stop.signal,
    });
    if (!response.ok || response.body === null) throw new Error(`events: ${response.status}`);
    void stream.read(response.body);
    return stream;
  }

  close(): void {
    this.stop.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const bytes of body) this.text += decoder.decode(bytes, { stream: true });
    } catch {
      // Cut off, by us or by the server: it has ended, too.
    }
    this.hasEnded = true;
  }
}
