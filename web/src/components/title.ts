/** What the browser's tab and a screen reader call the page. */

import { useEffect } from "preact/hooks";
import { t } from "../locales";

export function useTitle(page: string | undefined): void {
  const product = t.value.app.title;
  useEffect(() => {
    document.title = page ? `${page} – ${product}` : product;
  }, [page, product]);
}
