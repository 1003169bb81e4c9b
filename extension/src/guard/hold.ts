import type { Level } from "../companion/contract";
import type { Finding } from "../reading/findings";
import type { Holds } from "../settings";

/** What to do with one press on the post button. swallow: an echo of the press that was held, such as a double click. */
export type Verdict = "pass" | "hold" | "swallow";

type State =
  | { readonly is: "idle" }
  | { readonly is: "held"; readonly text: string; readonly isArmed: boolean }
  | { readonly is: "released"; readonly text: string };

/** Long enough to be a second decision, not the second half of a double click. */
export const ARMED_AFTER = 500;

/** Holds a text once; the user's second press lets the same text through, and any edit begins anew. It presses nothing itself. */
export class Hold {
  private state: State = { is: "idle" };

  /** `isEcho`: the key is only being held down. */
  press(text: string, isSerious: boolean, isEcho = false): Verdict {
    if (this.state.is !== "idle" && this.state.text === text) {
      if (this.state.is === "held" && (isEcho || !this.state.isArmed)) return "swallow";
      this.state = { is: "released", text };
      return "pass";
    }
    if (!isSerious) return "pass";
    this.state = { is: "held", text, isArmed: false };
    return "hold";
  }

  /** From now on a press counts as the second one. */
  arm(): void {
    if (this.state.is === "held") this.state = { ...this.state, isArmed: true };
  }

  edit(text: string): void {
    if (this.state.is !== "idle" && this.state.text !== text) this.state = { is: "idle" };
  }

  get isHolding(): boolean {
    return this.state.is === "held";
  }

  get isArmed(): boolean {
    return this.state.is === "held" && this.state.isArmed;
  }
}

const HOLDING = { nothing: [], hold: ["hold"], warn: ["hold", "warn"] } satisfies Record<Holds, Level[]>;

/** The findings that hold a post under the user's settings. A hint never does. */
export function seriousFindings(findings: readonly Finding[], holds: Holds): Finding[] {
  const levels: readonly Level[] = HOLDING[holds];
  return findings.filter(({ warning }) => levels.includes(warning.level));
}
