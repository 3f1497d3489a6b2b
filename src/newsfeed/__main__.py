"""Run the command as `python -m newsfeed`."""

from newsfeed.cli import main

if __name__ == "__main__":
    main()
