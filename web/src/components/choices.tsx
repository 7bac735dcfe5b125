/** A native list in a form that is read when it is sent. Preact knows no `defaultValue` of lists: the choice is marked. */

interface Props {
  name: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  disabled?: boolean;
}

export function Choices({ name, value, options, disabled = false }: Props) {
  return (
    <select name={name} disabled={disabled}>
      {options.map(([each, label]) => (
        <option key={each} value={each} selected={each === value}>
          {label}
        </option>
      ))}
    </select>
  );
}
