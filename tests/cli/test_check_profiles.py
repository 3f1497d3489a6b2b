"""`newsfeed check --profile`: what a partner would say."""

from tests.cli.conftest import NEWSROOM_TOML, Run, Write


def test_an_article_is_told_by_its_name_and_what_to_do(run: Run, write: Write) -> None:
    run("build", str(write()))
    done = run("check", "public/en/all.rss", "--profile", "msn", "--select", "NF808")
    assert done.exit_code == 1
    assert done.stdout.endswith(
        "title: 'Snow in Baku': its title has 12 characters; MSN requires at least 21. Write a longer title.\n"
    )


def test_advice_doesnt_count(run: Run, write: Write) -> None:
    run("build", str(write()))
    done = run("check", "public/en/all.rss", "--profile", "apple-news", "--select", "NF808")
    assert (done.exit_code, done.stdout.startswith("NF808 note ")) == (0, True)


def test_a_profile_of_the_newsroom(run: Run, write: Write) -> None:
    folder = str(write(toml=NEWSROOM_TOML + '\n[[profiles]]\nname = "reader"\nneeds = ["picture"]\n'))
    run("build", folder)
    done = run("check", "public/en/all.rss", "--profile", "reader", "--newsroom", folder)
    assert "'Snow in Baku': it has no picture; reader needs one. Add a picture to the article." in done.stdout


def test_one_that_nobody_knows(run: Run, write: Write) -> None:
    run("build", str(write()))
    done = run("check", "public", "--profile", "mns")
    assert (done.exit_code, "there is no profile 'mns'. Did you mean 'msn'?" in done.stderr) == (2, True)


def test_without_one_nobody_is_asked(run: Run, write: Write) -> None:
    run("build", str(write()))
    assert run("check", "public/en/all.rss", "--select", "NF8").exit_code == 0
