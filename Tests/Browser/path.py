"""A new administrator's path, from the setup link to the first login through SimpleSAMLphp: what is done and read on our side."""
from looking import Looking, Window
from site_under_test import SimpleSAMLphp

WORDS_A_MINUTE = 200
MOST_ACTIONS, MOST_MINUTES = 8, 5


class Path:
    def __init__(self, window):
        self.window, self.actions, self.read, self.rows = window, 0, set(), []

    def step(self, what, act, actions=1):
        """Does it, and counts what is new to read on the page of ours that comes, line by line."""
        act()
        ours = self.window.page.url.startswith(self.window.site.base)
        lines = [line.strip() for line in self.window.page.inner_text("body").splitlines()] if ours else []
        words = sum(len(line.split()) for line in lines if line not in self.read)
        self.read.update(lines)
        self.actions += actions
        self.rows.append((what, actions, words))

    @property
    def words(self):
        return sum(words for _, _, words in self.rows)

    @property
    def minutes(self):
        return self.words / WORDS_A_MINUTE

    def show(self, title):
        print(f"{title:<36}{'actions':>8}{'new words':>11}")
        for what, actions, words in self.rows:
            print(f"{what:<36}{actions:>8}{words:>11}")
        print(f"{'in all':<36}{self.actions:>8}{self.words:>11}   {self.minutes:.1f} minutes at {WORDS_A_MINUTE} words a minute\n")


def walk(browser, site, folder, results):
    """The shortest way, which is bounded; and the same with a test of the connection before the first login."""
    provider = SimpleSAMLphp(folder, None)
    site.others.append(provider.base + "/")
    try:
        shortest = walked(browser, site, provider, results, tests=False)
        shortest.show("the shortest way")
        results.check(shortest.actions <= MOST_ACTIONS, f"at most {MOST_ACTIONS} actions, not {shortest.actions}")
        results.check(shortest.minutes <= MOST_MINUTES, f"at most {MOST_MINUTES} minutes of reading, not {shortest.minutes:.1f}")
        walked(browser, site, provider, results, tests=True).show("with a test of the connection")
    finally:
        provider.stop()


def walked(browser, site, provider, results, tests):
    organization = site.organization("Five minutes")
    window = Window(browser, Looking(results, site.folder, site.base), site)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page, path = window.page, Path(window)
    path.step("open the setup link", lambda: window.open(organization["setupURL"]))
    path.step("press its button", lambda: window.press("main form button"))
    path.step("choose the identity provider", lambda: window.press("main a[href*='provider=simplesamlphp']"))
    entry = page.get_by_label("Entry", exact=True).first
    path.step("copy our entry", lambda: page.locator(f'[data-copy="{entry.get_attribute("id")}"]').click())
    # What the administrator does over there: the entry is pasted as it is.
    (provider.dir / "metadata/saml20-sp-remote.php").write_text("<?php\n" + entry.input_value())
    path.step("paste its metadata URL", lambda: page.locator('[name="metadataURL"]').first.fill(provider.metadata_url))
    path.step("save", lambda: window.press('button[value="save"]'))
    if tests:
        path.step("open the test", lambda: window.press("main a[href$='/test']"))
        path.step("start it", lambda: window.press('main form[action$="/test"] button'))
        password(page)
        path.step("be shown every check", window.go_on, actions=0)
        path.step("sign in for real", lambda: window.press("main a[href*='/saml/login']"))
    else:
        path.step("open the login URL", lambda: window.open(page.get_by_label("Login URL", exact=True).first.input_value()))
        password(page)
    path.step("be signed in", window.go_on, actions=0)
    results.check("alice@example.com" in page.content(), f"the first login through SimpleSAMLphp ends on the home page, signed in ({'tested' if tests else 'not tested'} before)")
    window.close()
    return path


def password(page):
    """Over there again: a name and a password."""
    page.locator('[name="username"]').fill("alice")
    page.locator('[name="password"]').fill("alice")
    with page.expect_navigation():
        page.locator('[name="password"]').press("Enter")
