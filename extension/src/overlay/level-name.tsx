import type { Level } from "../companion/contract";
import type { Speaker } from "../texts";
import { LEVELS } from "./levels";
import { Sign } from "./sign";

/** How serious a finding is: as shape and as words, never as colour alone. */
export function LevelName({ level, speak }: { readonly level: Level; readonly speak: Speaker }) {
  const { sign, name } = LEVELS[level];
  return (
    <span class="level">
      <Sign name={sign} /> {speak.say(name)}
    </span>
  );
}
