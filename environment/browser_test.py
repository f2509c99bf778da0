"""A user's first minutes: environment/notebooks is started, a browser opens 00-tour and runs every cell. Needs Chromium, chromedriver and Selenium
(Debian: chromium chromium-driver python3-selenium). The screenshot is left in the folder given as the only argument.
"""
import pathlib
import shutil
import sys
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from server_test import free_port, serve

BAR = """return [...document.querySelectorAll('.output_html span')].filter(s => s.textContent === 'train')
         .map(s => s.nextElementSibling.firstElementChild.style.width)"""


def browser(folder):
    options = Options()
    options.binary_location = shutil.which("chromium")
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                 "--disable-sync", f"--user-data-dir={folder / 'chromium'}", "--window-size=1200,1000"]:
        options.add_argument(flag)
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


def wait(page, script, what, seconds=300):
    end = time.time() + seconds
    while time.time() < end:
        if page.execute_script("return " + script):
            return
        time.sleep(0.2)
    sys.exit(f"FAIL  browser: {what} did not happen within {seconds} s")


def check(page, screenshots):
    wait(page, "typeof Jupyter != 'undefined' && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()", "the kernel's start")
    page.execute_script("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()")
    widths, end = [], time.time() + 600
    while time.time() < end:
        bars = page.execute_script(BAR)
        if len(bars) > 1:
            sys.exit("FAIL  browser: there is more than one bar of the training")
        if bars and bars[0] not in widths:
            widths.append(bars[0])
            if 2 < len(widths) < 5:
                page.execute_script("[...document.querySelectorAll('.output_html span')].filter(s => s.textContent === 'train')[0].scrollIntoView({block: 'center'})")
                page.save_screenshot(str(screenshots / "notebook-progress.png"))
        if page.execute_script("return document.querySelectorAll('.output_error').length"):
            page.save_screenshot(str(screenshots / "notebook-error.png"))
            sys.exit("FAIL  browser: a cell ended in an error: " + page.execute_script("return document.querySelector('.output_error').innerText"))
        done = page.execute_script("return Jupyter.notebook.get_cells().filter(c => c.cell_type == 'code').every(c => c.input_prompt_number > 0)")
        if done and not page.execute_script("return Jupyter.notebook.kernel_busy"):
            break
        time.sleep(0.1)
    else:
        sys.exit("FAIL  browser: the notebook did not end within 10 minutes")
    images = page.execute_script("return [...document.querySelectorAll('.output_area img')].filter(i => i.naturalWidth > 300).length")
    tables = page.execute_script("return document.querySelectorAll('.output_area table').length")
    if len(widths) < 3 or widths[-1] != "100%" or images < 5 or tables < 2:
        sys.exit(f"FAIL  browser: bar at {widths}, {images} images, {tables} tables")
    heads = "[...document.querySelectorAll('.output_area table')].pop()"
    page.execute_script(heads + ".rows[0].cells[1].click()")
    column = page.execute_script(f"return [...{heads}.tBodies[0].rows].map(r => parseFloat(r.cells[1].innerText))")
    if column != sorted(column):
        sys.exit(f"FAIL  browser: a click on a head did not sort: {column}")
    page.execute_script("[...document.querySelectorAll('.output_area img')].pop().scrollIntoView({block: 'center'})")
    time.sleep(0.5)
    page.save_screenshot(str(screenshots / "notebook-picture.png"))
    print(f"ok    00-tour in a browser: the bar moved in its place through {len(widths)} widths, {images} images, {tables} tables, one sorted by a click")


def main():
    screenshots = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(tempfile.mkdtemp())
    screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        port = free_port()
        server, token = serve(folder, port)
        page = None
        try:
            page = browser(folder)
            page.get(f"http://127.0.0.1:{port}/notebooks/00-tour.ipynb?token={token}")
            check(page, screenshots)
        finally:
            if page:
                page.quit()
            server.terminate()
            server.wait(30)


if __name__ == "__main__":
    main()
