#!/usr/bin/env python3
"""Started by run; the last line is “N held, N failed”."""
import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from journeys import Journey
from keyboard import Keyboard
from looking import Looking, Results
from measure import full_pages, measure
from operators import Operator
from path import walk
from site_under_test import Site


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("--program", required=True)
    reader.add_argument("--screenshots", type=Path, required=True)
    reader.add_argument("--only", default="", help="scripts, without, operator, keyboard or rows")
    reader.add_argument("--measure", action="store_true")
    reader.add_argument("--path", action="store_true")
    options = reader.parse_args()
    if not (options.only or options.measure or options.path):
        shutil.rmtree(options.screenshots, ignore_errors=True)
    options.screenshots.mkdir(parents=True, exist_ok=True)

    results, folder = Results(), Path(tempfile.mkdtemp(prefix="identity-ledger-browser-"))
    site = Site(options.program, folder)
    try:
        site.start()
        with sync_playwright() as playwright:
            # Chromium's own sandbox does not work for root.
            browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"] if os.geteuid() == 0 else [])
            looking = Looking(results, options.screenshots, site.base)
            if options.measure:
                measure(site)
            elif options.path:
                walk(browser, site, folder, results)
            else:
                parts = {"scripts": lambda: Journey(browser, looking, site, True).run(), "without": lambda: Journey(browser, looking, site, False).run(),
                         "operator": lambda: Operator(browser, looking, site, True).run(), "operator-without": lambda: Operator(browser, looking, site, False).run(),
                         "keyboard": lambda: Keyboard(browser, looking, site).run(), "rows": lambda: full_pages(browser, looking, site)}
                for name, part in parts.items():
                    if options.only in name:
                        try:
                            part()
                        except Exception as error:
                            results.check(False, f"{name}: {type(error).__name__}: {error}")
                largest = sorted(looking.sizes.items(), key=lambda item: -item[1])[:3]
                print("largest pages: " + ", ".join(f"{name} {size / 1024:.1f} KB" for name, size in largest))
                print(f"{len(looking.seen)} pages looked at, {len(looking.forged)} forms posted by others; pictures in {options.screenshots}")
            browser.close()
    finally:
        ended = site.stop()
    results.check(ended == (0, 0), f"the servers end in peace: {ended}")
    shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.held} held, {len(results.failed)} failed")
    return 1 if results.failed else 0


if __name__ == "__main__":
    sys.exit(main())
