#!/bin/bash
# Goal: what people wrote does not stay in the collector's memory. 1,000 submissions with unique
# markers in every kind of text, and pages with mistakes that show them again; a minute later an
# image of the whole process holds none of them, and no receipt that was shown.
. "$(dirname "$0")/lib.sh"
cd "$WORK" || exit 1
if [ "$(id -u)" -ne 0 ]; then
	passed "only root can take the image of a process that allows no dumps: left out"
	exit 0
fi

study s || { failed "a study with keys"; exit 1; }
serve s || exit 1
"$FORM" simulate s -n 1000 --seed 71 |
	jq -c '.answers.services_comment = "CANARY-LONG-\(.id)" | .answers.rights_comment = "قمرية-\(.id)"
		| .answers.helped_most = "CANARY-SHORT-\(.id)" | .answers.gender = "other"
		| .answers["gender/other"] = "CANARY-OTHER-\(.id)"' >people.jsonl

# The search can fail: a marker that is on its way, half a body, is found.
python3 - "$URL" people.jsonl >posted <<'END' &
import re, socket, sys, time
host, port = sys.argv[1][7:].split(":")
s = socket.create_connection((host, int(port)))
s.sendall(b"POST /en HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          b"Content-Length: 4000\r\n\r\nhelped_most=CANARY-WAITING")
print("begun", flush=True)
time.sleep(15)
END
until grep -q begun posted; do sleep 0.1; done
sleep 0.5
gcore -o image "$SERVER" >/dev/null 2>gcore.err
ok "an image of the process" test -s "image.$SERVER"
has CANARY-WAITING "what is on its way is in it (so the search works)" \
	strings -n 8 "image.$SERVER"
rm -f "image.$SERVER"
wait $!

ok "1,000 people" python3 "$SOURCE/tools/fill.py" "$URL" people.jsonl

# mistakes: everything comes back, then goes; the country of one is not one
python3 - "$URL" >receipts <<'END'
import re, sys, urllib.error, urllib.parse, urllib.request
url = sys.argv[1]
def post(path, fields):
    try:
        return urllib.request.urlopen(url + path, urllib.parse.urlencode(fields).encode()).read().decode()
    except urllib.error.HTTPError as e:
        return e.read().decode()
def number():
    return re.search('page.number" value="([0-9a-f]{32})', urllib.request.urlopen(url + "/en").read().decode())[1]
for i in range(200):
    page = post("/en", {"page.number": number(), "page.consent": "yes", "days_used": "999",
                        "helped_most": "CANARY-MISTAKE-%d" % i, "stay_comment": "CANARY-AGAIN-%d" % i})
    assert "CANARY-MISTAKE-%d" % i in page
for i in range(50):
    page = post("/en", {"page.number": number(), "page.consent": "yes", "helped_most": "CANARY-RECEIPT-%d" % i})
    receipt = re.search('page.receipt" value="([0-9a-f]{32})', page)[1]
    assert "evidence" in post("/en/receipt", {"page.receipt": receipt})
    print(receipt)
END
same 50 "$(wc -l <receipts)" "200 pages with mistakes, 50 receipts shown"
ok "a backup" "$COLLECT" s --backup backup
sleep 60
gcore -o image "$SERVER" >/dev/null 2>gcore.err
ok "an image a minute later" test -s "image.$SERVER"
for text in CANARY 'قمرية' services_comment= 'Mozilla/5' 'python-urllib' 'Python-urllib'; do
	found=$(grep -acF -- "$text" "image.$SERVER")
	same 0 "$found" "no $text in memory"
done
sed 's/..../& /g; s/ $//' receipts >grouped
same 0 "$(grep -aoFf receipts "image.$SERVER" | wc -l)" "no receipt in memory"
same 0 "$(grep -aoFf grouped "image.$SERVER" | wc -l)" "nor as it was shown"
same 0 "$(jq -r .id people.jsonl | grep -aoFf - "image.$SERVER" | wc -l)" "no number of a page"
stop
same 0 "$STOPPED" "and it ends well"
