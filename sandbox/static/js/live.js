/** One stream of news from the sandbox; opens anew when the phones on the page change or the line breaks. */

const RETRY_MS = 2_000;

export class Live {
  /** `onEvent(event)` gets each piece of news; `onLine(connected)` hears of the connection itself. */
  constructor(onEvent, onLine) {
    this.onEvent = onEvent;
    this.onLine = onLine;
  }

  follow(userIds, withCalls) {
    const address = `/sandbox/events?users=${userIds.join(",")}${withCalls ? "&calls=1" : ""}`;
    if (address === this.address) return;
    this.address = address;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = new EventSource(this.address);
    this.source.addEventListener("message", (message) => this.onEvent(JSON.parse(message.data)));
    this.source.addEventListener("open", () => this.onLine(true));
    this.source.addEventListener("error", () => {
      this.onLine(false);
      // Browsers come back by themselves after a broken line, but not after a refused one.
      if (this.source.readyState === EventSource.CLOSED) this.retry = setTimeout(() => this.#connect(), RETRY_MS);
    });
  }
}
