import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";

interface Props {
  page: number;
  total: number;
  size: number;
  go: (page: number) => void;
}

/** Nothing where everything stands on one page. */
export function Pager({ page, total, size, go }: Props) {
  const text = t.value.directory;
  const pages = Math.ceil(total / size);
  if (pages <= 1) return null;
  const told = (value: number) => number(value, language.value);
  return (
    <div class="pager">
      <button type="button" class="button" disabled={page <= 1} onClick={() => go(page - 1)}>
        <Icon name="back" />
        {text.previous}
      </button>
      <span class="numbers">{text.page(told(page), told(pages))}</span>
      <button type="button" class="button" disabled={page >= pages} onClick={() => go(page + 1)}>
        {text.next}
        <Icon name="forward" />
      </button>
    </div>
  );
}
