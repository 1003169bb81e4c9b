// X's composer: Draft.js in React, a button that is disabled while there is nothing to post, Ctrl/Cmd+Enter.
import { ContentState, Editor, EditorState, getDefaultKeyBinding } from "draft-js";
import { useState } from "react";
import { render } from "react-dom";
import { post } from "./posting.js";

const root = document.querySelector("#composer");
const { button, placeholder } = root.dataset;

function Composer() {
  const [state, setState] = useState(() => EditorState.createEmpty());
  const text = state.getCurrentContent().getPlainText("\n");
  window.model = () => text;
  const isEmpty = text.trim() === "";
  const submit = () => {
    if (isEmpty) return;
    post(text);
    setState(EditorState.moveFocusToEnd(EditorState.push(state, ContentState.createFromText(""), "remove-range")));
  };
  const onKey = (event) => (event.key === "Enter" && (event.ctrlKey || event.metaKey) ? "submit" : getDefaultKeyBinding(event));
  const onCommand = (command) => {
    if (command !== "submit") return "not-handled";
    submit();
    return "handled";
  };
  return (
    <>
      <div className="box">
        <Editor
          editorState={state}
          onChange={setState}
          keyBindingFn={onKey}
          handleKeyCommand={onCommand}
          placeholder={placeholder}
          ariaLabel={placeholder}
          webDriverTestID="tweetTextarea_0"
          role="textbox"
          stripPastedStyles
        />
      </div>
      <nav data-testid="toolBar">
        <span className="tools">
          <button type="button" aria-label="Media">
            ▣
          </button>
          <button type="button" aria-label="Emoji">
            ☺
          </button>
        </span>
        <button
          type="button"
          data-testid={root.dataset.submit}
          aria-disabled={isEmpty ? "true" : undefined}
          disabled={isEmpty}
          onClick={submit}
        >
          <span>{button}</span>
        </button>
      </nav>
    </>
  );
}

render(<Composer />, root);
