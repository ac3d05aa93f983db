#!/usr/bin/env bash
# Tesseract with Swedish, and Chromium for the browser test: installed through apt where that may be (root and apt); where not,
# the tests that need them are skipped with the reason.
set -u
missing=()
tesseract --list-langs 2>/dev/null | grep -qx swe || missing+=(tesseract-ocr tesseract-ocr-swe)
tesseract --list-langs 2>/dev/null | grep -qx osd || missing+=(tesseract-ocr-osd)
command -v chromium >/dev/null || missing+=(chromium)
command -v chromedriver >/dev/null || missing+=(chromium-driver)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    log=$(mktemp)
    if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
        echo "Installed: ${missing[*]}"
    else
        echo "Could not install ${missing[*]} (the tests that need them are skipped):"
        tail -n 3 "$log"
    fi
    rm -f "$log"
else
    echo "Not installed: ${missing[*]}. The tests that need them are skipped. To run them too:  sudo apt-get install ${missing[*]}"
fi
exit 0
