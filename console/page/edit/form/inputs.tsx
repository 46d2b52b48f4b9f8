/** Inputs that keep what a person types until it can be read, such as "2 da" on the way to "2 days". */
import { useEffect, useRef, useState } from "preact/hooks";
import { durationFrom, durationWords } from "../../../edit/forms/duration.ts";

interface TextProps {
  readonly id: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly list?: string;
  readonly rows?: number;
  readonly label?: string;
}

/**
 * Writes as the person types. The typed text stays as it is until the person leaves the input, even if the document
 * writes the value differently.
 */
export function TextInput({ id, text, onText, list, rows, label }: TextProps) {
  const [typed, setTyped] = useState(text);
  const isTyping = useRef(false);
  useEffect(() => {
    if (!isTyping.current) setTyped(text);
  }, [text]);
  const type = (value: string) => {
    isTyping.current = true;
    setTyped(value);
    onText(value);
  };
  const leave = () => {
    isTyping.current = false;
    setTyped(text);
  };
  const named = label === undefined ? {} : { "aria-label": label };
  return rows === undefined ? (
    <input
      type="text"
      id={id}
      value={typed}
      {...(list !== undefined && { list })}
      {...named}
      spellcheck={false}
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onBlur={leave}
    />
  ) : (
    <textarea
      id={id}
      value={typed}
      rows={rows}
      {...named}
      onInput={({ currentTarget }) => type(currentTarget.value)}
      onBlur={leave}
    />
  );
}

interface DurationProps {
  readonly id: string;
  readonly duration: string;
  readonly onDuration: (duration: string | undefined) => void;
  readonly label?: string;
}

export function DurationInput({ id, duration, onDuration, label }: DurationProps) {
  const [typed, setTyped] = useState<string>();
  const words = typed ?? durationWords(duration);
  const isWrong = words !== "" && durationFrom(words) === undefined;
  return (
    <span class="with-hint">
      <input
        id={id}
        value={words}
        placeholder="2 days"
        aria-invalid={isWrong}
        {...(label !== undefined && { "aria-label": label })}
        onInput={({ currentTarget: { value } }) => {
          setTyped(value);
          const read = durationFrom(value);
          if (read !== undefined || value.trim() === "") onDuration(read);
        }}
        onBlur={() => setTyped(undefined)}
      />
      {isWrong ? <span class="bad-text">Such as 2 days or 1 hour 30 minutes</span> : null}
    </span>
  );
}
