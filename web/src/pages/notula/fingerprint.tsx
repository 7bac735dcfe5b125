/** A SHA-256 that people can compare: in groups of four, and it may break between them only. */

export function Fingerprint({ of }: { of: string }) {
  return (
    <code class="fingerprint">
      {(of.replace(/[^0-9a-z]/gi, "").match(/.{1,4}/g) ?? []).map((group, index) => (
        <span key={index}>
          <span class="together">{group}</span>{" "}
        </span>
      ))}
    </code>
  );
}
