"""Starting processes of our own that need nothing of whoever starts them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def without_main() -> Iterator[None]:
    """Start a process that does not import the caller's main module.

    It has no use for it; importing it would cost the start of the whole application, and run a script that has no
    `if __name__ == "__main__"` a second time.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
