"""Folders of the disk that a project watches: what arrives there comes into the pool by itself."""

from __future__ import annotations

from pathlib import Path

from studio_app.services.jobs import Post, StartThread
from studio_app.services.watch import FolderWatch
from studio_app.session.document import Document
from studio_app.session.footage_files import is_footage
from studio_app.session.importing import Importing, Wish
from timeline.change import Change


def watched_folders(document: Document, importing: Importing, post: Post, start_thread: StartThread) -> FolderWatch:
    """A watch that follows the folders of the project's pool; new files come quietly into a folder of the pool of the same name."""

    def take(folder: Path, files: list[Path]) -> None:
        importing.start(Wish(tuple(files), root=folder, quiet=True))

    def follow(change: Change) -> None:
        if change.pool:
            known = [one.path for one in document.library.media.values()]
            watch.follow(document.project.pool.watched if document.is_open else (), known)

    watch = FolderWatch(post, start_thread, take, is_footage)
    document.replaced.connect(lambda: watch.follow(()))  # another project has not seen these files
    document.changed.connect(follow)
    return watch
