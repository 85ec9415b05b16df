"""Which browser the tests drive."""

import shutil

# The shell is the same browser without windows, and opens a page sooner.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def find_chromium():
    """Return the path of a Chromium of this machine, None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)
