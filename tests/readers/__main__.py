"""Run every program over every feed, and write the page that says what they show."""

import sys
import tempfile
from pathlib import Path

from tests.readers.comparison import surprises
from tests.readers.documentation import PAGE, document, versions_in
from tests.readers.feeds import entries_of, write_feeds
from tests.readers.programs import PROGRAMS


def main() -> int:
    versions = versions_in(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paths = write_feeds(Path(folder))
        for program in PROGRAMS:
            version = program.version()
            if version is None:
                print(f"{program.name} is not installed, its row stays: {program.install}", file=sys.stderr)
                continue
            versions[program.name] = version
            for path, reading in program.read(
                [it for it in paths if it.suffix[1:] in program.formats]
            ).items():
                found += [
                    f"{program.name}, {path.name}: {surprise}"
                    for surprise in surprises(
                        program, path.suffix[1:], path.stem, entries_of(path.stem), reading
                    )
                ]
    if found:
        print("Not as declared:", *found, sep="\n", file=sys.stderr)
        return 1
    if missing := [program.name for program in PROGRAMS if program.name not in versions]:
        print(f"Install these once, for their versions: {', '.join(missing)}", file=sys.stderr)
        return 1
    PAGE.write_text(document(versions), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
