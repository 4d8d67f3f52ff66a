import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How far outside the window something already counts as looked at, px: it is there when the reader comes. */
const AHEAD_PX = 400;

/** True once an element has come near what the reader sees. Curves that nobody looks at are neither asked for nor drawn. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [is_seen, setSeen] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const see = () => setSeen(true);
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && see(), {
      rootMargin: `${AHEAD_PX}px`,
    });
    observer.observe(element.current);
    // A page on paper is seen as a whole.
    addEventListener("beforeprint", see);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", see);
    };
  }, []);
  return is_seen;
}
