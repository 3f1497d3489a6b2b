"""A record that is kept outside the output, for builds that begin with an empty folder, as they do in CI."""

from os import PathLike
from pathlib import Path

from newsfeed.errors import PublishError
from newsfeed.publish.atomic_files import replace_file
from newsfeed.publish.record import PublishRecord

__all__ = ["RecordFile"]


class RecordFile:
    """The file that `--record` names.

    Args:
        path: The file; created by the first build, in a folder that exists.

    Raises:
        PublishError: If it exists and isn't a record, or its folder doesn't exist.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self._path = Path(path)
        if not self._path.parent.is_dir():
            raise PublishError(
                f"{self._path.parent} isn't a folder, so no record can be kept in {self._path}. Create the folder."
            )
        #: What was published last; None before the first build.
        self.record = self._read()

    def write(self, record: bytes) -> None:
        """Replace the record.

        Raises:
            PublishError: If it can't be written. The output is published all the same.
        """
        try:
            replace_file(self._path, record)
        except OSError as error:
            reason = (
                f"everything was published, but the record {self._path} can't be written: {error.strerror}"
            )
            raise PublishError(f"{reason}. Make it writable and build again.") from error

    def _read(self) -> PublishRecord | None:
        try:
            record = PublishRecord.read(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise PublishError(f"can't read the record {self._path}: {error.strerror}.") from error
        if record.is_new:
            raise PublishError(
                f"{self._path} isn't a record that newsfeed wrote, or it is damaged. Restore it, or name another file."
            )
        return record
