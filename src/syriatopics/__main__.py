"""``python -m syriatopics`` is the command line."""

from syriatopics.cli import main

if __name__ == "__main__":
    main()
