"""The command `hemmavid`, also as `python -m hemmavid`."""

import sys


def main() -> int:
    """Run the command line and return its exit status."""
    from hemmavid.interfaces.cli.main import main as run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
