// A conversation that never loses a word: the client's half of the promise, without a framework, over the stock SignalR client.
//
//   import { Conversation } from '/js/conversation.js';
//   const hub = new signalR.HubConnectionBuilder().withUrl('/hubs/support', { accessTokenFactory }).build();
//   const chat = new Conversation({ hub, ticketId, account, onEntry: show, onReset: clear, onPending: showWaiting });
//   await chat.open();
//   chat.say('Hello');   // stored here at once, sent when possible, forgotten only when the server has stored it
//
// What it does: keeps what is not acknowledged in browser storage under a client id, so that a retry has one effect; after every loss of the
// connection resumes first and then sends what waits, in order; waits between tries ever longer and by chance (full jitter), so
// that a thousand clients do not come back in the same instant; shows each entry once and in order, and asks for what is missing.
// Call forget(account) at log-out: what waits there is private.

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const prefix = (account) => `supportlive.waiting.${account}.`;

export function forget(account, storage = localStorage) {
  for (const key of Object.keys(storage)) if (key.startsWith(prefix(account))) storage.removeItem(key);
}

export class Conversation {
  #hub; #ticketId; #key; #storage; #on; #shown = null; #staffShown = null; #epoch = null; #sending = false; #closed = false; #turn = Promise.resolve();

  constructor({ hub, ticketId, account, storage = localStorage, onEntry, onReset = () => {}, onPending = () => {}, onRefused = () => {} }) {
    [this.#hub, this.#ticketId, this.#key, this.#storage] = [hub, ticketId, prefix(account) + ticketId, storage];
    this.#on = { entry: onEntry, reset: onReset, pending: onPending, refused: onRefused };
    for (const name of ['message', 'note']) hub.on(name, (entry) => { this.#hear(entry); });
    for (const name of ['accepted', 'rejected', 'assigned', 'released', 'escalated', 'updated', 'resolved', 'reopened', 'closed', 'rated']) {
      hub.on(`ticket_${name}`, ({ entry }) => { this.#hear(entry); });
    }
    hub.on('heads', ({ ticketId: id, publicSeq, staffSeq, epoch }) => {
      if (id === ticketId && (publicSeq > this.#shown || staffSeq > this.#staffShown || epoch !== this.#epoch)) this.#lookAgain();
    });
    hub.on('interrupted', () => { this.#lookAgain(); });
    hub.onclose(() => { if (!this.#closed) this.open(); });
  }

  /** Connects, for as long as it takes; then resumes, then sends what waits. */
  async open() {
    for (let tries = 0; !this.#closed; tries++) {
      try {
        if (this.#hub.state === 'Disconnected') await this.#hub.start();
        await this.#inTurn(() => this.#resume());
        this.#send();
        return;
      } catch {
        await wait(Math.random() * Math.min(30_000, 250 * 2 ** tries));
      }
    }
  }

  async close() {
    this.#closed = true;
    await this.#hub.stop();
  }

  /** Stored here before anything else; the answer is the client id, by which the entry is recognised when it arrives. */
  say(body, internal = false) {
    const message = { ticketId: this.#ticketId, clientId: crypto.randomUUID(), body, internal };
    this.#keep([...this.waiting, message]);
    this.#send();
    return message.clientId;
  }

  get waiting() { return JSON.parse(this.#storage.getItem(this.#key) ?? '[]'); }

  #keep(messages) {
    if (messages.length) this.#storage.setItem(this.#key, JSON.stringify(messages));
    else this.#storage.removeItem(this.#key);
    this.#on.pending(messages);
  }

  // One after the other, so that they are stored in the order in which they were written.
  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let tries = 0, next; (next = this.waiting[0]) && this.#hub.state === 'Connected';) {
        const { refusal } = await this.#hub.invoke('message', next);
        if (refusal && ['busy', 'rate_limited'].includes(refusal.code)) {
          await wait(500 + Math.random() * Math.min(30_000, 500 * 2 ** tries++));
          continue;
        }
        tries = 0;
        this.#keep(this.waiting.filter((m) => m.clientId !== next.clientId));
        if (refusal) this.#on.refused(next, refusal);
      }
    } catch {
      // The connection broke before the answer: whether it was stored is unknown, so it waits, and goes again after the resume.
    } finally {
      this.#sending = false;
    }
  }

  // One thing at a time: entries that arrive during a resume are judged after it.
  #inTurn(what) {
    const done = this.#turn.then(what);
    this.#turn = done.catch(() => {});
    return done;
  }

  #hear(entry) {
    if (entry.ticketId !== this.#ticketId) return;
    this.#inTurn(() => { // also before the first answer, which may be overtaken by what happened behind it
      if (this.#shown === null) return undefined;
      const shown = entry.feed === 'staff' ? this.#staffShown : this.#shown;
      return entry.seq > shown + 1 ? this.#resume() : this.#show(entry);
    }).catch(() => {}); // the connection is gone: opening it again resumes
  }

  // When the connection is gone, opening it again resumes.
  #lookAgain() { this.#inTurn(() => this.#resume()).catch(() => {}); }

  #show(entry) {
    const staff = entry.feed === 'staff';
    if (entry.seq <= (staff ? this.#staffShown : this.#shown)) return;
    if (staff) this.#staffShown = entry.seq;
    else this.#shown = entry.seq;
    this.#on.entry(entry);
  }

  async #resume() {
    for (let more = true; more;) {
      const { value, refusal } = await this.#hub.invoke('join', this.#ticketId, this.#shown, this.#staffShown, this.#epoch);
      if (refusal) throw new Error(refusal.message);
      if (value.reset) {
        [this.#shown, this.#staffShown] = [null, null];
        this.#on.reset();
      }
      this.#epoch = value.epoch; // names the log; when it is another one (a restored backup), the server says reset
      if (this.#shown === null) [this.#shown, this.#staffShown] = [(value.entries.find((e) => e.feed === 'public')?.seq ?? 1) - 1, (value.entries.find((e) => e.feed === 'staff')?.seq ?? 1) - 1];
      for (const entry of value.entries) this.#show(entry);
      more = value.more;
    }
  }
}
