import { t } from "../locales";

/** A new password, twice. The name beside it is for password managers. */
export function NewPasswordFields({ username }: { username: string }) {
  const text = t.value.directory.password;
  return (
    <>
      <input type="text" name="username" autocomplete="username" value={username} readOnly hidden />
      <label class="field">
        <span>{text.fresh}</span>
        <input
          name="password"
          type="password"
          autocomplete="new-password"
          required
          minLength={10}
          maxLength={200}
        />
        <small>{text.hint}</small>
      </label>
      <label class="field">
        <span>{text.again}</span>
        <input name="again" type="password" autocomplete="new-password" required maxLength={200} />
      </label>
    </>
  );
}
