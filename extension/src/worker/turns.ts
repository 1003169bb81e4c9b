/** Lets one step end before the next begins: what is read and then written back must not be overtaken by another tab. */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<Outcome>(step: () => Promise<Outcome>): Promise<Outcome> {
    const outcome = this.last.then(step);
    this.last = outcome.catch(() => undefined);
    return outcome;
  }
}
