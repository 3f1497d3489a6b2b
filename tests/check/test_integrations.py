"""The action for GitHub and the hook for pre-commit: what they run is the command, with options that it has."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
FEEDS = Path(__file__).parent / "programs"


def test_the_hook_checks_feeds() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["entry"], hook["language"]) == ("newsfeed-check", "newsfeed check", "python")
    names = ["public/all.rss", "public/all.atom", "public/feeds.opml", "page.html", "package.json"]
    assert [name for name in names if re.search(hook["files"], name)] == names[:3]


@pytest.mark.slow
def test_the_action_writes_sarif_and_annotations(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    scripts = [step["run"] for step in action["runs"]["steps"] if "newsfeed check" in step.get("run", "")]
    (tmp_path / "newsfeed").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m newsfeed "$@"\n', encoding="utf-8"
    )
    (tmp_path / "newsfeed").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PATHS": str(FEEDS / "drupal.rss"),
        "ARGUMENTS": "--select NF345",
        "SARIF": str(tmp_path / "feeds.sarif"),
    }
    ran = [
        subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        for script in scripts
    ]
    assert [each.returncode for each in ran] == [0, 1]
    assert '"ruleId": "NF345"' in (tmp_path / "feeds.sarif").read_text(encoding="utf-8")
    assert ran[1].stdout.startswith("::warning file=")
