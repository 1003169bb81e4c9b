import { added, filled, inLanguage } from "../playbook";
import type { Actions, View } from "./view";

interface Props {
  readonly view: View;
  readonly actions: Actions;
}

/** What the team has ready: signature, contacts and standard replies, put below what stands there or where the caret is. */
export function PlaybookPart({ view: { known, playbook, speak, writer, most }, actions }: Props) {
  const { say } = speak;
  if (!playbook) return null;
  const language = known.language ?? speak.locale;
  const fill = (template: string) => filled(template, playbook, { ...writer, author: known.complaint?.author ?? "" }, language);
  const ready = [
    ...playbook.standard_replies.map((reply) => ({
      title: inLanguage(reply.title, language),
      text: fill(inLanguage(reply.text, language)),
    })),
    ...(playbook.signature ? [{ title: say("panel.signature"), text: fill(inLanguage(playbook.signature, language)) }] : []),
    ...playbook.contacts.map(({ name, role, reach }) => {
      const text = [name, role, reach].filter(Boolean).join(", ");
      return { title: say("panel.contact", { name }), text };
    }),
  ];
  if (ready.length === 0) return null;
  return (
    <section>
      <h2>{say("panel.playbook")}</h2>
      <p class="small">{say("panel.playbook_long")}</p>
      {ready.map(({ title, text }, place) => (
        <details key={`${place} ${title}`}>
          <summary>{title}</summary>
          <p class="ready" lang={language}>
            {text}
          </p>
          {most !== null && lengthWith(known.text, text) > most && (
            <p class="small">{say("panel.playbook_no_room", { count: lengthWith(known.text, text) - most })}</p>
          )}
          <div class="row">
            <button type="button" aria-label={say("panel.playbook_insert_what", { title })} onClick={() => actions.add(text, "below")}>
              {say("panel.playbook_insert")}
            </button>
            <button type="button" aria-label={say("panel.playbook_caret_what", { title })} onClick={() => actions.add(text, "caret")}>
              {say("panel.playbook_caret")}
            </button>
          </div>
        </details>
      ))}
    </section>
  );
}

function lengthWith(draft: string, text: string): number {
  const { span, text: addition } = added(draft, text);
  return draft.length - (span.end - span.start) + addition.length;
}
