"""`ingest serve` as its users meet it: a real server over a real database, and a real browser that goes from a row to the page."""

import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests import pdfs


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("serve")
    pdfs.write_pdf(folder / "granskning.pdf")
    ingest = [sys.executable, "-m", "ingest"]
    subprocess.run([*ingest, "run", str(folder), "--db", str(folder / "reports.db"), "--quiet", "--workers", "1"], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([*ingest, "serve", "--db", str(folder / "reports.db"), "--port", str(port)])
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base)
        yield base
    finally:
        process.terminate()
        process.wait()


def wait_for(base, seconds=90):
    """Until the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(base, timeout=10).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.headers.get_content_type(), answer.read()


def rows(server, view, query=""):
    return json.loads(get(f"{server}/reports/{view}.json?_shape=array{query}")[1])


def test_datasette_lists_tables_and_views(server):
    page = get(f"{server}/reports")[1].decode()
    for name in ("rekommendationer", "maluppfyllelse", "documents", "recommendations", "table_cells"):
        assert f"/reports/{name}" in page


def test_views_are_described_in_swedish(server):
    assert "Revisorernas rekommendationer" in get(f"{server}/reports/rekommendationer")[1].decode()


def test_a_row_leads_to_the_place_on_the_page(server):
    row = rows(server, "rekommendationer")[0]
    assert row["länk"].startswith(f"/-/sida/{row['dokument_id']}/{row['sida']}?ruta=")
    page = get(server + row["länk"])[1].decode()
    assert "Sida 2 av 2" in page and "/-/sidbild/" in page
    kind, picture = get(server + row["länk"].replace("/-/sida/", "/-/sidbild/").replace("?", ".png?"))
    assert kind == "image/png" and picture.startswith(b"\x89PNG")


def test_a_view_is_searched_with_swedish_stems(server):
    assert len(rows(server, "rekommendationer", "&_sok=rutiner")) == 1
    assert len(rows(server, "rekommendationer", "&_sok=avtal")) == 2  # "avtal", and a part of "ramavtalen"
    assert rows(server, "rekommendationer", "&_sok=parkering") == []


def test_the_search_page_marks_the_hit_and_leads_to_the_page(server):
    page = get(f"{server}/-/sok?q=rutin&slag=rekommendation")[1].decode()
    assert "<mark>rutin</mark>" in page and "/-/sida/" in page and "1 träff" in page


@pytest.mark.parametrize("path", ["/-/sida/abcdef/1", "/-/sidbild/abcdef/1.png", "/reports/no_such_table"])
def test_what_is_not_there_is_said_without_a_traceback(server, path):
    with pytest.raises(urllib.error.HTTPError) as error:
        get(server + path)
    assert error.value.code == 404
    assert "Traceback" not in error.value.read().decode()


def test_a_browser_goes_from_the_row_to_the_marked_page(server, tmp_path):
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("Chromium and its driver are not installed: apt-get install chromium chromium-driver")
    from selenium import webdriver
    from selenium.webdriver.common.by import By

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    flags = "headless=new no-sandbox disable-gpu disable-quic no-first-run "
    flags += "disable-background-networking disable-component-update disable-sync"
    for flag in [*flags.split(), "window-size=1300,1500", f"user-data-dir={tmp_path / 'profile'}"]:
        options.add_argument(f"--{flag}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        driver.get(f"{server}/reports/rekommendationer")
        driver.save_screenshot(str(tmp_path / "rekommendationer.png"))
        driver.find_element(By.LINK_TEXT, "Visa på sidan").click()
        picture = driver.find_element(By.CSS_SELECTOR, "img.sidbild")
        width = driver.execute_script("return arguments[0].complete && arguments[0].naturalWidth", picture)
        driver.save_screenshot(str(tmp_path / "sida.png"))
        assert width > 500
        assert "Sida 2 av 2" in driver.find_element(By.TAG_NAME, "body").text
    finally:
        driver.quit()
