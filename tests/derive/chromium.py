"""Derivations as pages in a browser without a window: nothing is said in its console and nothing fetched,
all mathematics is visible, and nothing reaches out of the window but what scrolls by itself.

Usage: chromium.py MLPSTEP [--pages=FOLDER] EXAMPLE... [-- FILE...]
Examples are derived with numbers and with blanks; of the files, a page (.html) is taken as it is.
With --pages, pictures of the pages are left there: wide and narrow, light and dark, on paper.
Status 77, which ctest takes for skipped, where there is no Chromium.
"""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

SKIPPED = 77
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
WIDTHS = 1280, 390
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--force-device-scale-factor=1", "--hide-scrollbars"]

MEASURE = r"""
const scrolls = element => {
    for (let e = element.parentElement; e && e !== document.body; e = e.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(e).overflowX)) return true;
    return false;
};
const say = e => e.tagName + '.' + (e.getAttribute('class') || '') + ' ' + e.textContent.slice(0, 40);
const found = [], width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width)
    found.push('the page is ' + document.documentElement.scrollWidth + ' wide, the window ' + width);
let count = 0;
for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (e.localName === 'math') {
        count++;
        if (!(box.height > 4 && box.width > 0)) found.push('has no size: ' + say(e));
    }
    if (e.namespaceURI.endsWith('MathML') && /^m[in]$/.test(e.localName) && !(box.height > 2))
        found.push('is not seen: ' + say(e));
    if (e.localName === 'mtd')
        for (const child of e.querySelectorAll('mn, mi, mo, mtext, mspace'))
            if (child.getBoundingClientRect().right > box.right + 1) found.push('is too wide for its cell: ' + say(e));
    if (!scrolls(e) && (box.right > width + 1 || box.left < -1)) found.push('stands outside: ' + say(e));
}
if (count && !document.querySelector('mtable')) found.push('no equation is aligned');
for (const e of document.querySelectorAll('script, link, img, iframe, object, embed, [onload], [onerror], [src], [href]'))
    found.push('does not belong here: ' + say(e));
const fetched = performance.getEntriesByType('resource').map(entry => entry.name);
if (fetched.length) found.push('was fetched: ' + fetched);
if (window.planted !== undefined) found.push('a script has run');
return [count, found];
"""


class Browser:
    """Chromium by way of chromedriver, which speaks HTTP."""

    def __init__(self, chromium, chromedriver, folder):
        self.driver = subprocess.Popen([chromedriver, "--port=0"], stdout=subprocess.PIPE,
                                       stderr=subprocess.DEVNULL, text=True)
        self.session = None
        try:
            self.root = f"http://127.0.0.1:{self.find_port()}"
            options = {"binary": chromium, "args": ARGUMENTS + [f"--user-data-dir={folder}/profile"]}
            wanted = {"browserName": "chrome", "goog:chromeOptions": options,
                      "goog:loggingPrefs": {"browser": "ALL"}}
            self.session = self.ask("/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        except BaseException:
            self.close()
            raise

    def find_port(self):
        for line in self.driver.stdout:
            if "successfully on port" in line:
                return int(line.split("on port")[1].strip(" .\n"))
        raise RuntimeError("chromedriver does not start")

    def ask(self, path, data=None, method=None):
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.root + path, body, {"Content-Type": "application/json"},
                                         method=method)
        try:
            with DIRECTLY.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode("utf-8", "replace")[:500]) from None

    def do(self, name, data):
        return self.ask(f"/session/{self.session}/{name}", data)

    def command(self, name, **parameters):
        return self.do("goog/cdp/execute", {"cmd": name, "params": parameters})

    def resize(self, width, height=900):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                     mobile=False)

    def colours(self, scheme):
        self.command("Emulation.setEmulatedMedia",
                     features=[{"name": "prefers-color-scheme", "value": scheme}])

    def picture(self, path):
        shot = self.command("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def paper(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.command("Page.printToPDF", printBackground=True)["data"]))

    def close(self):
        if self.session:
            self.ask(f"/session/{self.session}", method="DELETE")
        self.driver.terminate()
        self.driver.wait()


def check(browser, page, name, folder):
    problems = []
    browser.do("url", {"url": "file://" + os.path.abspath(page)})
    for width in WIDTHS:
        browser.resize(width)
        count, found = browser.do("execute/sync", {"script": MEASURE, "args": []})
        problems += [f"{name} at {width}: {what}" for what in found]
        if not count:
            problems.append(f"{name}: there is no mathematics")
        for scheme in ("light", "dark") if folder else ():
            browser.colours(scheme)
            browser.picture(f"{folder}/{name}-{width}-{scheme}.png")
    if folder:
        browser.paper(f"{folder}/{name}.pdf")
    problems += [f"{name}: {entry['message']}" for entry in browser.do("se/log", {"type": "browser"})]
    return count, problems


def derive(mlpstep, path, folder, *options):
    done = subprocess.run([mlpstep, "derive", "--format=html", *options, path], capture_output=True)
    if done.returncode:
        sys.exit(f"{path}: status {done.returncode}\n{done.stderr.decode('utf-8', 'replace')}")
    page = os.path.join(folder, os.path.basename(path)[:-len(".py")] + "".join(options) + ".html")
    with open(page, "wb") as file:
        file.write(done.stdout)
    return page


def main(mlpstep, words):
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        print("there is no Chromium here")
        return SKIPPED
    kept = None
    if words[0].startswith("--pages="):
        kept = words.pop(0).partition("=")[2]
        os.makedirs(kept, exist_ok=True)
    problems, started = [], time.monotonic()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        at = words.index("--") if "--" in words else len(words)
        pages = [path if path.endswith(".html") else derive(mlpstep, path, folder)
                 for path in words[:at] + words[at + 1:]]
        pages += [derive(mlpstep, path, folder, "--blank") for path in words[:at]
                  if path.endswith(".py")]
        browser = Browser(chromium, chromedriver, folder)
        try:
            for page in pages:
                name = os.path.basename(page).partition(".")[0]
                count, found = check(browser, page, name, kept)
                problems += found
                print(f"{name}: {count} pieces of mathematics")
        finally:
            browser.close()
    print("\n".join(problems) or f"{len(pages)} pages, {time.monotonic() - started:.0f} seconds")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
