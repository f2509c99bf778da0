"""The page to look through scans, used in a browser as a reader would: page-trial.java writes two pages into a folder, and Chromium opens them from disk;
run.html of a run and the folder detect of judged scans may stand beside them.
Needs Chromium, chromedriver and Selenium (Debian: chromium chromium-driver python3-selenium). The only argument is the folder; screenshots are left there.
"""
import base64
import csv
import json
import os
import pathlib
import re
import sys
import tempfile
import time

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from browser_test import browser, wait

HOSTILE = '"><img src=x onerror=alert(1)></script><script>alert(2)</script>'
PLACE = re.compile(r"column (\d+), row (\d+) · x ≈ (\d+) · G\(z\) ≈ (\d+) · x − G\(z\) ≈ (-?\d+) · Z (\S+) · Z ratio (\S+) · smoothed, signed residual (\S+)"
                   r" · plain \|x − G\(z\)\| (\S+)")
failures = []


def check(what, ok, seen=""):
    print(("ok    " if ok else "FAIL  ") + "page: " + what + ("" if ok else f" ({seen})"))
    if not ok:
        failures.append(what)


class Reader:
    """What a reader sees and does."""

    def __init__(self, page):
        self.page = page

    def find(self, css):
        return self.page.find_element(By.CSS_SELECTOR, css)

    def text(self, css):
        return self.find(css).text

    def names(self):
        return [e.text for e in self.page.find_elements(By.CSS_SELECTOR, "#list .name")]

    def shows(self, name):
        wait(self.page, f"document.getElementById('name').textContent === {json.dumps(name)}", "the scan " + name, 20)
        time.sleep(0.2)

    def press(self, *keys):
        ActionChains(self.page).send_keys(*keys).perform()

    def choose(self, name, value):
        Select(self.find(f"#filters [name={name}]")).select_by_value(value)

    def click(self, css, x, y):
        """At a share of the element's width and height."""
        element = self.find(css)
        size = element.size
        ActionChains(self.page).move_to_element_with_offset(element, round((x - 0.5) * size["width"]), round((y - 0.5) * size["height"])).click().perform()

    def search(self, words):
        field = self.find("#filters [name=text]")
        field.send_keys(Keys.CONTROL + "a" + Keys.NULL + Keys.DELETE + words)
        time.sleep(0.1)


def lists(r):
    names = r.names()
    scores = [float(e.text) for e in r.page.find_elements(By.CSS_SELECTOR, "#list .score") if e.text != "–"]
    check("the list begins with the most unusual, what has no score stands last", len(names) == 18 and scores == sorted(scores, reverse=True)
          and len(scores) == 17 and names[-1] == "NORMAL-eye1", scores)
    check("a hostile name is text", HOSTILE in names and r.page.execute_script("return document.querySelectorAll('img').length") == 1
          and HOSTILE in r.text("h1"), names)
    r.press(Keys.ARROW_DOWN)
    r.shows(names[1])
    r.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP)
    r.shows(names[2])
    check("arrow keys go through the list", r.text("#list [aria-current] .name") == names[2])
    r.search("volume irf")
    check("search takes words in any order", len(r.names()) == 3, r.names())
    r.search("")
    r.choose("kind", "NORMAL")
    check("filter by class", len(r.names()) == 9, r.names())
    r.choose("kind", "")
    r.choose("verdict", "flagged")
    check("filter by the threshold", r.names() and all(e.text for e in r.page.find_elements(By.CSS_SELECTOR, "#list .flagged")) and len(r.names()) < 18)
    r.choose("verdict", "")
    r.choose("warning", "=The boundaries of the retina are unsure.")
    check("filter by warning", r.names() == ["NORMAL-eye0"], r.names())
    r.choose("warning", "")
    r.choose("sort", "name")
    check("sort by name", r.names() == sorted(r.names()))
    r.choose("sort", "score")


def looks(r):
    r.page.execute_script("location.hash = 'SRF-eye7'")
    r.shows("SRF-eye7")
    slider = r.find("#opacity")
    r.page.execute_script("arguments[0].focus()", slider)
    r.press(Keys.HOME)
    check("the slider takes the map away", r.page.execute_script("return getComputedStyle(document.getElementById('heat')).opacity") == "0")
    r.press(Keys.END)
    check("and brings it back", r.page.execute_script("return getComputedStyle(document.getElementById('heat')).opacity") == "1"
          and r.text("#name") == "SRF-eye7")
    ink = "return [...document.getElementById('heat').getContext('2d').getImageData(0, 0, 512, 187).data].filter((v, i) => i % 4 == 3 && v > 60).length"
    before = r.page.execute_script(ink)
    Select(r.find("#map")).select_by_value("plain |x − G(z)|")
    check("another map is drawn", 0 < r.page.execute_script(ink) != before > 0, before)
    Select(r.find("#map")).select_by_value("Z")
    r.click("#stage", 0.4, 0.5)
    seen = PLACE.match(r.text("#place"))
    check("a click tells x, G(z), their difference and every map", seen and abs(int(seen[1]) - 205) <= 2 and abs(int(seen[2]) - 93) <= 2
          and int(seen[3]) - int(seen[4]) == int(seen[5]), r.text("#place"))
    # plain = |x − G(z)| / 127.5 holds of the numbers that went in; x and G(z) come back through JPEG, the map in 254 steps
    check("and they are right", seen and abs(abs(int(seen[5])) / 127.5 - float(seen[9])) < 0.12, r.text("#place"))
    ActionChains(r.page).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    check("Shift and an arrow move the place", seen and r.text("#place").startswith(f"column {int(seen[1]) + 1}, row {seen[2]} ·"), r.text("#place"))
    row = r.find("#regions tbody tr")
    check("regions have their numbers", " −4.20 −9.75 dark 0.44" in row.text, row.text)
    check("and their marker, as text", row.text.endswith("1: dark, in INL–ONL " + HOSTILE), row.text)
    ActionChains(r.page).move_to_element(row).perform()
    check("a region's outline lights up with its row", r.page.execute_script("return document.querySelectorAll('#overlay .region')[0].classList.contains('lit')"))
    outline = r.page.find_elements(By.CSS_SELECTOR, "#overlay .region")[1]   # the square
    ActionChains(r.page).move_to_element(outline).perform()
    check("and the row with its outline", r.page.execute_script("return [...document.querySelectorAll('#regions tbody tr')].map(r => r.classList.contains('lit'))")
          == [False, True])
    r.find("#generated").click()
    check("G(z) in place of the scan", r.find("#picture").get_attribute("alt") == "G(z), drawn for SRF-eye7")
    r.find("#generated").click()


def volume(r):
    r.page.execute_script("location.hash = 'volume-s03'")
    r.shows("volume-s03")
    r.page.execute_script("document.getElementById('stage').dispatchEvent(new WheelEvent('wheel', {deltaY: 100, cancelable: true}))")
    r.shows("volume-s04")
    check("the wheel goes to the next slice", "5 of 9" in r.text("#slice-text"), r.text("#slice-text"))
    r.press(Keys.ARROW_LEFT)
    r.shows("volume-s03")
    check("so do arrow keys", True)
    r.page.execute_script("document.getElementById('face').scrollIntoView()")
    r.click("#face", 0.25, 7.5 / 9)
    r.shows("volume-s07")
    check("a click on the en-face map goes to its slice and column", re.match(r"column 12[789],", r.text("#place")), r.text("#place"))


def verdicts(r, downloads, address):
    r.page.execute_script("location.hash = 'SRF-eye7'")
    r.shows("SRF-eye7")
    r.press("a")
    check("a key is a verdict", r.find("#verdict [value=accept]").get_attribute("aria-pressed") == "true")
    note = r.find("#note")
    note.send_keys('quote " comma, arrow')
    check("letters of a note are no verdicts", r.find("#verdict [value=accept]").get_attribute("aria-pressed") == "true" and r.text("#name") == "SRF-eye7")
    r.choose("verdict", "accept")
    check("filter by my verdict", r.names() == ["SRF-eye7"], r.names())
    r.choose("verdict", "")
    r.page.get(address + "#SRF-eye7")
    r.page.refresh()
    r.shows("SRF-eye7")
    check("verdicts are there when the page opens again", r.find("#verdict [value=accept]").get_attribute("aria-pressed") == "true"
          and r.find("#note").get_attribute("value") == 'quote " comma, arrow')
    r.find("#export").click()
    file = downloads / "verdicts.csv"
    end = time.time() + 20
    while not file.exists() and time.time() < end:
        time.sleep(0.1)
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    mine = [row for row in rows if row["verdict"]]
    check("the export has every scan and my words", len(rows) == 18 and len(mine) == 1 and mine[0]["scan"] == "SRF-eye7" and mine[0]["verdict"] == "accept"
          and mine[0]["note"] == 'quote " comma, arrow' and any(row["scan"] == HOSTILE for row in rows) and float(rows[0]["score"]) == 180, mine)


def without_storage(r, address):
    r.page.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"})
    r.page.get(address + "?bare")
    wait(r.page, "!document.getElementById('shown').hidden", "the page without storage", 20)
    r.press("u")
    check("where a browser keeps nothing, verdicts are taken all the same, and the page says so", "keeps nothing" in r.text("#kept")
          and r.find("#verdict [value=unsure]").get_attribute("aria-pressed") == "true", r.text("#kept"))


def processor_seconds(pid):
    """What a process and those that it started have used of processors: unlike the clock, it does not mind what else the machine does."""
    used, children = {}, {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue   # it has just ended
        used[int(folder.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        children.setdefault(int(fields[1]), []).append(int(folder.name))
    of = lambda process: used.get(process, 0) + sum(of(child) for child in children.get(process, []))
    return of(pid)


def large(r, address, size):
    pid = r.page.service.process.pid
    took = []
    for _ in range(3):
        r.page.get("about:blank")
        time.sleep(1)
        before, begun = processor_seconds(pid), time.time()
        r.page.get(address)
        wait(r.page, "!document.getElementById('shown').hidden", "the large page", 60)
        took.append((processor_seconds(pid) - before, time.time() - begun))
    check(f"300 scans are {size / 1e6:.1f} MB, at most 60", size <= 60e6)
    check(f"and load in {min(took)[0]:.1f} s of a processor, at most 2 ({min(t for _, t in took):.1f} s by the clock)", min(took)[0] < 2, took)
    first = r.text("#name")
    r.press(Keys.ARROW_DOWN)
    wait(r.page, f"document.getElementById('name').textContent !== {json.dumps(first)}", "the next scan", 20)
    r.search("scan-29")
    check("search among 300", len(r.names()) == 11, len(r.names()))


def of_a_run(r, address):
    """The page that figures wrote of a run of the phantom."""
    r.page.get(address)
    wait(r.page, "!document.getElementById('shown').hidden", "the run's page", 20)
    names = r.names()
    r.press(Keys.ARROW_DOWN)
    r.shows(names[1])
    r.click("#stage", 0.5, 0.5)
    check("a run's page shows its scans and their values", len(names) > 2 and "plain |x − G(z)| " in r.text("#place"), r.text("#place"))


def of_detect(r, folder):
    """The page that detect wrote, beside its tables."""
    table = lambda name: list(csv.DictReader((folder / name).open(encoding="utf-8", newline="")))
    judged = [row for row in table("scans.csv") if row["score"]]
    regions = table("regions.csv")
    r.page.get((folder / "report.html").as_uri())
    wait(r.page, "!document.getElementById('shown').hidden", "detect's page", 20)
    check("detect's page lists what its table does, in its order", r.names() == [row["scan"] for row in judged], r.names())
    check("and opens with the most unusual scan", r.text("#name") == judged[0]["scan"], r.text("#name"))
    r.choose("verdict", "flagged")
    check("and filters by the verdict", len(r.names()) == sum(row["flagged"] == "1" for row in judged), r.names())
    r.choose("verdict", "")
    scan = max(judged, key=lambda row: int(row["regions"]))
    own = [row for row in regions if row["scan"] == scan["scan"]]
    r.page.execute_script("location.hash = encodeURIComponent(arguments[0])", scan["scan"])
    r.shows(scan["scan"])
    rows = r.page.find_elements(By.CSS_SELECTOR, "#regions tbody tr")
    check(f"a scan has the {len(own)} regions of the table", len(rows) == len(own) == int(scan["regions"])
          == len(r.page.find_elements(By.CSS_SELECTOR, "#overlay .region")), len(rows))
    for i, (row, seen) in enumerate(zip(own[:3], rows)):
        box = "{width} × {height} at {x}, {y}".format(**row)
        check(f"region {i + 1} has its numbers", box in seen.text and row["area"] in seen.text and row["sign"] in seen.text, seen.text)
        marker = seen.find_element(By.CSS_SELECTOR, ".marker").get_attribute("textContent")
        check(f"region {i + 1} has its marker", marker.split(":")[0] == row["marker"], marker)
        ActionChains(r.page).move_to_element(seen).perform()
        lit = r.page.execute_script("return [...document.querySelectorAll('#overlay .region')].map(e => e.classList.contains('lit'))")
        check(f"region {i + 1} lights up", lit == [j == i for j in range(len(own))], lit)
        bounds = r.page.execute_script("const b = document.querySelectorAll('#overlay .region')[arguments[0]].getBBox(); return [b.x, b.y, b.width, b.height]", i)
        check(f"region {i + 1} is outlined where it lies", bounds == [int(row[k]) for k in ["x", "y", "width", "height"]], bounds)
    screenshots(r, folder, (folder / "report.html").as_uri(), scan["scan"])


def screenshots(r, folder, address, *names):
    for scheme in ["light", "dark"]:
        r.page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        for width, height in [(1280, 900), (400, 900)]:
            r.page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500})
            for name in names:
                r.page.get(address + "?" + scheme + str(width) + "#" + name)
                r.shows(name)
                if width > 500:
                    r.page.save_screenshot(str(folder / f"{name}-{width}-{scheme}.png"))
                else:
                    shot = r.page.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True})
                    (folder / f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(shot["data"]))
                wide = r.page.execute_script("return document.documentElement.scrollWidth")
                check(f"nothing is wider than a window of {width}, {scheme}, {name}", wide <= width, wide)
    r.page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    profile = tempfile.TemporaryDirectory()
    page = browser(pathlib.Path(profile.name))
    try:
        page.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
        r = Reader(page)
        address = (folder / "small.html").as_uri()
        page.get(address)
        wait(page, "!document.getElementById('shown').hidden", "the first scan", 20)
        lists(r)
        looks(r)
        volume(r)
        verdicts(r, folder, address)
        screenshots(r, folder, address, "SRF-eye7", "volume-s04")
        if (folder / "large.html").exists():
            large(r, (folder / "large.html").as_uri(), (folder / "large.html").stat().st_size)
        if (folder / "run.html").exists():
            of_a_run(r, (folder / "run.html").as_uri())
        if (folder / "detect").exists():
            of_detect(r, folder / "detect")
        without_storage(r, address)
        wrong = [line["message"] for line in page.get_log("browser") if line["level"] == "SEVERE"]
        check("nothing went wrong in the browser's own log", not wrong, wrong)
    finally:
        page.quit()
        profile.cleanup()
    print(f"{len(failures)} of the page's checks failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
