"""``python -m pipeline`` is the command ``twintown``."""

import sys

if __name__ == "__main__":
    from pipeline.cli import main  # here: worker processes import this module, and need no command line

    sys.exit(main())
