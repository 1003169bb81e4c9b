import type { Speaker } from "../texts";

interface Props {
  readonly speak: Speaker;
  /** False: there is nothing to save, only a way back. */
  readonly canSave?: boolean;
  onCancel(): void;
}

/** The foot of a small form in the card: save, or never mind. */
export function FormFoot({ speak: { say }, canSave = true, onCancel }: Props) {
  return (
    <footer>
      {canSave && (
        <button type="submit" class="main">
          {say("card.reason_send")}
        </button>
      )}
      <button type="button" onClick={onCancel}>
        {say("card.reason_cancel")}
      </button>
    </footer>
  );
}
