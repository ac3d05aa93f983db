"""Errors that a user may meet. Each says in Swedish what is wrong with which file and what to do about it."""

from __future__ import annotations


class UppsiktError(Exception):
    """Base of all errors raised on purpose; `str()` of one is fit to show to a user."""


class UnreadableFile(UppsiktError):
    """A file that cannot be read as a report. `reason` is a word from `schema.vocabulary.FILE_REASONS`."""

    def __init__(self, reason: str, message: str) -> None:
        """`message`: what is wrong and what to do, in Swedish, without the file name (the run adds it)."""
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[str, str]]:
        """Pickle with both arguments, so that the error crosses process borders whole."""
        return (type(self), (self.reason, self.message))


class DatabaseError(UppsiktError):
    """A database that is missing, locked, damaged or of a newer version."""
