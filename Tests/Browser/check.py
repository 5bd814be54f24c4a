#!/usr/bin/env python3
"""Started by run; the last line is “N held, N failed”."""
import argparse
import concurrent.futures
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from journeys import Journey
from keyboard import Keyboard
from looking import Looking, Results
from measure import full_pages, measure
from operators import Operator
from path import walk
from site_under_test import Site
from translated import Translated

# In the order in which they begin: what takes longest first. Each has organizations of its own.
PARTS = {
    "scripts": lambda browser, looking, site: Journey(browser, looking, site, True).run(),
    "without": lambda browser, looking, site: Journey(browser, looking, site, False).run(),
    "operator": lambda browser, looking, site: Operator(browser, looking, site, True).run(),
    "translated": lambda browser, looking, site: Translated(browser, looking, site).run(),
    "rows": full_pages,
    "operator-without": lambda browser, looking, site: Operator(browser, looking, site, False).run(),
    "keyboard": lambda browser, looking, site: Keyboard(browser, looking, site).run(),
}


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("--program", required=True)
    reader.add_argument("--screenshots", type=Path, required=True)
    reader.add_argument("--only", default="", help=", ".join(PARTS))
    reader.add_argument("--measure", action="store_true")
    reader.add_argument("--path", action="store_true")
    options = reader.parse_args()
    if not (options.only or options.measure or options.path):
        shutil.rmtree(options.screenshots, ignore_errors=True)
    options.screenshots.mkdir(parents=True, exist_ok=True)

    started, results, folder = time.monotonic(), Results(), Path(tempfile.mkdtemp(prefix="identity-ledger-browser-"))
    site = Site(options.program, folder)
    try:
        site.start()
        if options.measure:
            measure(site)
        elif options.path:
            with sync_playwright() as playwright:
                walk(opened(playwright), site, folder, results)
        else:
            drive([name for name in PARTS if options.only in name], site, options.screenshots, results)
    finally:
        ended = site.stop()
    results.check(ended == (0, 0), f"the servers end in peace: {ended}")
    shutil.rmtree(folder, ignore_errors=True)
    print(f"after {time.monotonic() - started:.0f} s:")
    print(f"{results.held} held, {len(results.failed)} failed")
    return 1 if results.failed else 0


def opened(playwright):
    # Chromium's own sandbox does not work for root, and containers have little shared memory.
    arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)


def drive(names, site, screenshots, results):
    """The parts, as many at a time as there are processors, each with a browser of its own."""
    global driven
    driven = site, screenshots
    sizes, pages, forms = {}, 0, 0
    with concurrent.futures.ProcessPoolExecutor(min(os.cpu_count() or 1, 4), multiprocessing.get_context("fork")) as pool:
        for done in concurrent.futures.as_completed([pool.submit(driven_part, name) for name in names]):
            name, part, looking, seconds = done.result()
            results.held += part.held
            results.failed += part.failed
            sizes.update(looking.sizes)
            pages, forms = pages + len(looking.seen), forms + len(looking.forged)
            print(f"{name}: {part.held} held, {len(part.failed)} failed, {seconds:.0f} s", flush=True)
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:3]
    print("largest pages: " + ", ".join(f"{name} {size / 1024:.1f} KB" for name, size in largest))
    print(f"{pages} pages looked at, {forms} forms forged; pictures in {screenshots}")


def driven_part(name):
    site, screenshots = driven
    started, results = time.monotonic(), Results()
    looking = Looking(results, screenshots, site.base)
    with sync_playwright() as playwright:
        browser = opened(playwright)
        try:
            PARTS[name](browser, looking, site)
        except Exception as error:
            results.check(False, f"{name}: {type(error).__name__}: {error}")
        browser.close()
    return name, results, looking, time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
