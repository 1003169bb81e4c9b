import { useState } from "preact/hooks";
import { ask } from "../protocol";
import type { Health } from "./companion-state";
import { Choice } from "./fields";
import type { Shared } from "./open-page";
import { Pairing } from "./pairing";
import { TeamServer } from "./team-server";

interface Props extends Shared {
  readonly health: Health;
  onChange(): void;
}

/** Where the companion is, and how this browser gets in there. */
export function CompanionPlace(props: Props) {
  const {
    settings: { server },
    speak: { say },
    onChange,
  } = props;
  const [shown, setShown] = useState(server === null ? "here" : "team");
  const leave = async () => {
    await ask("leave", null);
    setShown("here");
    onChange();
  };
  return (
    <>
      <section>
        <h2>{say("options.place")}</h2>
        <Choice
          name="place"
          label={say("options.place")}
          value={shown}
          choices={[
            ["here", say("options.place_computer")],
            ["team", say("options.place_server")],
          ]}
          onChoose={setShown}
        />
        {server !== null && (
          <div class="row">
            {/* Looking at the other choice ends nothing: the token would be gone, and the server shows it only once. */}
            <span>{say(shown === "here" ? "options.team_first" : "options.team_joined", { server })}</span>
            <button type="button" class="link" onClick={() => void leave()}>
              {say("options.team_leave")}
            </button>
          </div>
        )}
      </section>
      {shown === "team" ? <TeamServer {...props} /> : server === null && <Pairing {...props} />}
    </>
  );
}
