/** How long typing must pause before a text is sent; the companion needs a few milliseconds for it. */
export const PAUSE = 150;

interface Clock {
  set(run: () => void, delay: number): unknown;
  clear(timer: unknown): void;
}

const systemClock: Clock = { set: (run, delay) => setTimeout(run, delay), clear: (timer) => clearTimeout(timer as number) };

/** Asks about the newest of many questions: after a pause, one at a time, and never about one that is answered already. */
export class Schedule<Question, Answer> {
  private newest: Question | null = null;
  private timer: unknown = null;
  private isAsking = false;
  private isUrgent = false;

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly onAnswer: (question: Question, answer: Answer) => void,
    private readonly clock: Clock = systemClock,
  ) {}

  /** Ask this after the pause; earlier questions that were not sent yet are dropped. */
  later(question: Question): void {
    this.newest = question;
    this.clock.clear(this.timer);
    this.timer = this.clock.set(() => this.flush(), PAUSE);
  }

  /** Ask this at once, or as soon as the question in flight is answered. */
  now(question: Question): void {
    this.newest = question;
    this.flush();
  }

  /** Do not wait for the pause any longer. */
  flush(): void {
    this.clock.clear(this.timer);
    if (this.newest === null) return;
    if (this.isAsking) this.isUrgent = true;
    else void this.send(this.newest);
  }

  stop(): void {
    this.clock.clear(this.timer);
    this.newest = null;
  }

  private async send(question: Question): Promise<void> {
    this.newest = null;
    this.isAsking = true;
    this.isUrgent = false;
    try {
      const answer = await this.ask(question);
      this.onAnswer(question, answer);
    } finally {
      this.isAsking = false;
      if (this.isUrgent) this.flush();
    }
  }
}
