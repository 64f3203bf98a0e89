"""What pages said in earlier runs, kept on disk: a page that has not changed is not read again.

``fingerprint`` is all that can change what a page says but the page itself, ``entry`` one page's claims as
bytes, ``folder`` where they lie and for how long, ``entries`` gets and keeps them for a run.
"""

from __future__ import annotations

from pipeline.cache.entries import Entries
from pipeline.cache.folder import CacheFolder, default_folder

__all__ = ["CacheFolder", "Entries", "default_folder"]
