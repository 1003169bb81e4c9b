import { beforeEach, describe, expect, it } from "vitest";
import { PAUSE, Schedule } from "../../../extension/src/reading/schedule";

class HandClock {
  now = 0;
  private timers: { at: number; run: () => void }[] = [];
  set = (run: () => void, delay: number) => {
    const timer = { at: this.now + delay, run };
    this.timers.push(timer);
    return timer;
  };
  clear = (timer: unknown) => {
    this.timers = this.timers.filter((one) => one !== timer);
  };
  pass(time: number): void {
    this.now += time;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { run } of due) run();
  }
}

describe("asking while someone types", () => {
  let clock: HandClock;
  let asked: string[];
  let answered: [string, string][];
  let pending: ((answer: string) => void)[];
  let schedule: Schedule<string, string>;
  const answer = async (text: string) => {
    pending.shift()?.(text);
    await new Promise((resolve) => setTimeout(resolve));
  };

  beforeEach(() => {
    clock = new HandClock();
    [asked, answered, pending] = [[], [], []];
    const ask = (text: string) => {
      asked.push(text);
      return new Promise<string>((resolve) => pending.push(resolve));
    };
    schedule = new Schedule(ask, (question, reply) => answered.push([question, reply]), clock);
  });

  it("waits for a pause and asks about the newest text only", () => {
    schedule.later("a");
    clock.pass(PAUSE - 1);
    schedule.later("ab");
    clock.pass(PAUSE - 1);
    expect(asked).toEqual([]);
    clock.pass(1);
    expect(asked).toEqual(["ab"]);
  });

  it("has one question in flight; the newest one goes when the answer is there", async () => {
    schedule.now("a");
    schedule.now("ab");
    schedule.now("abc");
    expect(asked).toEqual(["a"]);
    await answer("A");
    expect(asked).toEqual(["a", "abc"]);
    await answer("ABC");
    expect(answered).toEqual([
      ["a", "A"],
      ["abc", "ABC"],
    ]);
  });

  it("asks after the answer when the pause ended meanwhile", async () => {
    schedule.now("a");
    schedule.later("ab");
    clock.pass(PAUSE);
    expect(asked).toEqual(["a"]);
    await answer("A");
    expect(asked).toEqual(["a", "ab"]);
  });

  it("hurries when told to", () => {
    schedule.later("a");
    schedule.flush();
    expect(asked).toEqual(["a"]);
    clock.pass(PAUSE);
    expect(asked).toEqual(["a"]);
  });

  it("is silent once stopped", () => {
    schedule.later("a");
    schedule.stop();
    clock.pass(PAUSE * 2);
    schedule.flush();
    expect(asked).toEqual([]);
  });
});
