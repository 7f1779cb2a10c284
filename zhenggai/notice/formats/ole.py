"""The streams of an OLE compound file, by olefile, which ends at circular chains if sizes are true.

Source: [MS-CFB], Compound File Header, Compound File Directory Entry.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from struct import unpack_from

import olefile

_SECTOR = 512
_COUNTS = (0x2C, 0x40, 0x48)
"""Places in the header of the numbers of FAT, mini FAT and DIFAT sectors."""


class NoStreamsError(Exception):
    """A compound file that cannot be followed."""


def streams(data: bytes, names: Sequence[str]) -> dict[str, bytes]:
    """The streams of these names that the file has. Raises NoStreamsError: damaged, or untrue sizes."""
    try:
        if any(unpack_from("<I", data, place)[0] * _SECTOR > len(data) for place in _COUNTS):
            raise NoStreamsError("more sectors than the file can hold")
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            found = [name for name in names if file.exists(name)]
            sizes = [file.get_size(name) for name in found]
            if max([file.root.size, *sizes]) > len(data):
                raise NoStreamsError("a stream larger than the file")
            return {name: file.openstream(name).read() for name in found}
    except NoStreamsError:
        raise
    except Exception as error:  # olefile lets through whatever its parts meet in a damaged file
        raise NoStreamsError(str(error)) from error
