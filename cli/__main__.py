"""`python -m cli`: the `rekan` command, also where its script is not installed."""

from cli.app import main

if __name__ == "__main__":
    main()
