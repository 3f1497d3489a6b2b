"""Look for inputs that break newsfeed: `python -m tests.fuzz TARGET [OPTIONS OF LIBFUZZER]`.

    python -m tests.fuzz check -max_total_time=180

It begins with the kept inputs of `tests/fuzz/corpus/TARGET`, writes new ones to `build/fuzz/TARGET`, and an input that
breaks something beside them, as `crash-…`, `timeout-…` or `oom-…`. Such a file, made small, goes into the corpus
together with the mending. With `-merge=1`, `-minimize_crash=1` and files of your own, libFuzzer gets just those.
"""

import sys
import warnings
from pathlib import Path

#: What may take longer than this for one input, in seconds, is a hang.
_LONGEST = 10


def main() -> None:
    """Hand a target to libFuzzer."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris isn't installed; run: pip install --group fuzz")
    with atheris.instrument_imports(include=["newsfeed", "tomllib", "yaml", "markdown_it"]):
        from tests.fuzz.targets import BESIDES, CORPUS, TARGETS
    if len(sys.argv) == 1 or sys.argv[1] not in TARGETS:
        sys.exit(f"name a target: {', '.join(TARGETS)}")
    name, *options = sys.argv[1:]
    found = Path("build/fuzz") / name
    found.mkdir(parents=True, exist_ok=True)
    if all(option.startswith("-") and not option.startswith("-merge") for option in options):
        options += [str(found), str(CORPUS / name)]
        options += [str(BESIDES[name])] if name in BESIDES else []
    warnings.simplefilter("error")
    # libFuzzer calls itself by this name when it merges
    program = f"{sys.executable} -m tests.fuzz {name}"
    settings = [f"-timeout={_LONGEST}", f"-artifact_prefix={found}/"]
    atheris.Setup([program, *settings, *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
